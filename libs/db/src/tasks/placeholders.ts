/** So many question marks for an `IN (…)`. */
export const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
