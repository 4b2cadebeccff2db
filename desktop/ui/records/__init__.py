"""What the screens that list records share: the list and its sheet, forms, versions, attached
files."""
