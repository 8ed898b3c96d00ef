"""Reading XML, elements and expressions, and compiling them into a flow."""
