"""Which machines central lets in, and how each request proves that it comes from one."""
