"""The screen of the referrals."""
