"""The run of a case's flow, and all that it asks for."""
