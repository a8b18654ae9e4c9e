import type { IssuerHints } from "../../components/domain/catalogue";

/** How values are replaced at those who issue them; `breaks` says what stops when the old one ends. */
type Issuer = IssuerHints & { readonly breaks: string };

export const anthropic: Issuer = {
    issuerUrl: "https://console.anthropic.com/settings/keys",
    renew: "Create a key in the same workspace.",
    revoke: "On the same page, delete the old key.",
    breaks: "Requests with the old key are refused.",
    shape: { is: "token", begins: ["sk-ant-"] },
};
export const openai: Issuer = {
    issuerUrl: "https://platform.openai.com/api-keys",
    renew: "Create a key in the same project.",
    revoke: "On the same page, revoke the old key.",
    breaks: "Requests with the old key are refused.",
    shape: { is: "token", begins: ["sk-"] },
};
export const mapbox: Issuer = {
    issuerUrl: "https://account.mapbox.com/access-tokens/",
    renew: "Create a token with the scopes and the URL restrictions of the old one.",
    revoke: "On the same page, delete the old token; refresh it where it is the account's default one.",
    breaks: "Maps do not load with the old token.",
    shape: { is: "token", begins: ["pk."] },
};
export const sentry: Issuer = {
    issuerUrl: "https://sentry.io/",
    renew: "In the settings of the project, under Client Keys (DSN), generate a new key.",
    revoke: "On the same page, disable the old key, and delete it once events arrive by the new one.",
    breaks: "Events that are sent with the old DSN are dropped.",
    shape: { is: "dsn" },
};
export const auth0: Issuer = {
    issuerUrl: "https://manage.auth0.com/",
    renew: "Under Applications, open the application and rotate its client secret. That ends the old one.",
    revoke: "Nothing is left to do at Auth0: the rotation there has ended the old secret.",
    breaks: "Nobody can sign in from the rotation at Auth0 until the application has the new secret.",
};
export const github: Issuer = {
    issuerUrl: "https://github.com/settings/applications",
    renew: "Sign in as the account that the token acts as, revoke the authorization of the OAuth app, which ends the old token, and authorize it again with the same scopes.",
    revoke: "Nothing is left to do at GitHub: revoking the authorization has ended the old token.",
    breaks: "Requests to GitHub are refused from the revocation until readers have the new token.",
    shape: { is: "token", begins: ["gho_", "ghu_", "ghp_", "github_pat_"] },
};
export const slack: Issuer = {
    issuerUrl: "https://api.slack.com/apps",
    renew: "Open the app. Under OAuth & Permissions, install it to the workspace again, and copy the token.",
    revoke: "If the token is the same as before, revoke it on the same page and install the app once more; otherwise revoke the old one there.",
    breaks: "Messages with the old token are refused.",
    shape: { is: "token", begins: ["xox"] },
};
export const convex: Issuer = {
    issuerUrl: "https://dashboard.convex.dev/",
    renew: "Copy the URL of the deployment that takes the place of the old one.",
    revoke: "Pause or delete the old deployment once its data has moved.",
    breaks: "Requests fail while the application asks the old deployment.",
    shape: { is: "url" },
};
