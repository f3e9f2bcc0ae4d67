"""The faces of wirewatch and the place where its parts are wired together."""
