import type { Review } from "../review";

/** Stands in until a review has a page. */
export const pageHtml = ({ verdict }: Review): string => `<!doctype html><title>${verdict}</title>\n`;
