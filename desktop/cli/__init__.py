"""Carnet without a window: the contract for automation, cron and headless machines."""
