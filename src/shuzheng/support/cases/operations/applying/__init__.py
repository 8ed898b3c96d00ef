"""The applicant's side: drafts, what the registers already know, papers, submission."""
