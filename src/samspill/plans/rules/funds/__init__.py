"""What the rules of joint money allow: amounts, budgets, consents, days, scores. Plain values."""
