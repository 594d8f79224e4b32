"""What the JSON files of account exports have in common, whoever made them."""
