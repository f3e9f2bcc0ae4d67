"""What a text is to the texts held: exact, near, contained or different."""
