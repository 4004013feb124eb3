/**
 * Stands in a bundle where a module would stand that nothing reaches. Leaving such a module external is not enough: a package
 * that re-exports it imports it at load, and the function would not start.
 */
export {};
