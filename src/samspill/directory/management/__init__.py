"""Commands of Django that Samspill does its own way."""
