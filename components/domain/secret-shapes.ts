/**
 * What a secret looks like: beginnings that issuers publish for their tokens, and long runs of letters and digits
 * that no one writes by hand. For refusing plain secrets; a miss proves nothing.
 */
const KNOWN_SHAPES: readonly RegExp[] = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./, // JSON Web Token
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, // AWS access key id
    /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/, // Anthropic and OpenAI
    /\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}/,
    /\bglpat-[A-Za-z0-9_-]{20,}/,
    /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, // Slack
    /\b(?:sk|rk)_live_[A-Za-z0-9]{16,}/, // Stripe
    /\bAIza[A-Za-z0-9_-]{35}\b/, // Google API key
    /\bhvs\.[A-Za-z0-9_-]{20,}/, // Vault service token
    /\bpk\.eyJ[A-Za-z0-9_-]{20,}/, // Mapbox
    /:\/\/[^/\s:@]+:[^/\s:@{}]{6,}@/, // a password in a URL
];
const RUN = /^[A-Za-z0-9+/_-]{24,}={0,2}$/;

export function looksLikeSecret(text: string): boolean {
    return KNOWN_SHAPES.some((shape) => shape.test(text)) || isDenseRun(text);
}

/** One long run of lower case, upper case and digits together, with the entropy of something drawn at random. */
function isDenseRun(text: string): boolean {
    if (!RUN.test(text)) return false;
    const isHex = /^[0-9a-f]{32,}$/.test(text);
    const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text);
    return (isHex && bitsPerCharacter(text) > 3) || (isMixed && bitsPerCharacter(text) > 3.8);
}

/** Shannon entropy of the characters of one text. */
function bitsPerCharacter(text: string): number {
    const counts = new Map<string, number>();
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}
