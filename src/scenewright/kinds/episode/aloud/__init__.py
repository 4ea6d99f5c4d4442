"""How a page is read aloud: words for the ear, and silences. Pure."""
