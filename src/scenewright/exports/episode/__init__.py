"""An episode in the forms people take away."""
