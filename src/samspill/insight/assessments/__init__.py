"""The mini-HTA as a form, its fields and the paper it becomes."""
