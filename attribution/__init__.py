"""Attribution records who said what, through which outlet, on which day, and checks quotations against it."""
