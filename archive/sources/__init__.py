"""Where documents come from on a schedule: listed, compared, and only what changed is fetched."""
