/**
 * Finds packages for Jest, which asks as `require` does. A package may answer `import` alone; since whatever is found is
 * compiled, it is asked once more in that way.
 */
module.exports = (request, options) => {
  try {
    return options.defaultResolver(request, options);
  } catch (error) {
    if (/^[./]/.test(request)) throw error;
    return options.defaultResolver(request, { ...options, conditions: [...(options.conditions ?? []), 'import'] });
  }
};
