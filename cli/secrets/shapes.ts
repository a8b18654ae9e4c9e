import type { SecretLintRuleCreator } from "@secretlint/types";

/**
 * Values that say what they are, and that the recommended rules of the scanner do not know.
 *
 * @see age: filippo.io/age, "Native X25519 recipients"; Vault: "Tokens", prefixes; Pulumi: "Access tokens"; Stripe:
 * "API keys"; GitLab: "Token prefixes"; Google: API keys
 */
const SHAPES: Readonly<Record<string, RegExp>> = {
    AgeSecretKey: /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{58,}/g,
    GitlabToken: /\bgl(?:pat|ptt|dt|rt|cbt|oas|soat|ft|imt|agent)-[\w-]{20,}/g,
    GoogleApiKey: /\bAIza[\w-]{35}(?![\w-])/g,
    // Any body: the scanner's own rule wants the end of the key in the same text, and knows no key of Ed25519.
    PrivateKey: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])+[\w+/=:,.\- ]{40}/g,
    PulumiToken: /\bpul-[0-9a-f]{40}\b/g,
    StripeKey: /\b[sr]k_live_[0-9A-Za-z]{24,}/g,
    VaultToken: /\bhv[sbr]\.[\w-]{24,}/g,
};

/** A rule of the scanner, beside those it comes with. */
export const shapesRule: SecretLintRuleCreator = {
    messages: Object.fromEntries(Object.keys(SHAPES).map((name) => [name, { en: () => name }])),
    meta: { id: "shapes", type: "scanner", recommended: true, supportedContentTypes: ["text"] },
    create(context) {
        const translate = context.createTranslator(this.messages);
        return {
            file: ({ content }) => {
                for (const [name, shape] of Object.entries(SHAPES))
                    for (const { index, 0: found } of content.matchAll(shape))
                        context.report({ message: translate(name), range: [index, index + found.length] });
            },
        };
    },
};
