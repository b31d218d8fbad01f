"""Pages of joint money, a file per noun."""
