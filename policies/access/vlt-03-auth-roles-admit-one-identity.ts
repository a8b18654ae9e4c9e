import type { Facts } from "../facts";
import { isListed } from "../reading/scope";
import { CI_SUBJECTS, isExactCiSubject, isPullRequest, PREVIEWS } from "../reading/ci-subjects";
import type { Property } from "../reading/property";
import {
    each,
    listSetting,
    numberSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const KUBERNETES = "vault:kubernetes/authBackendRole:AuthBackendRole";
const JWT = "vault:jwt/authBackendRole:AuthBackendRole";

/** Ways to log in whose identity is not looked at here: what holds for tokens holds for theirs too. */
const OTHERS = [
    "vault:appRole/authBackendRole:AuthBackendRole",
    "vault:aws/authBackendRole:AuthBackendRole",
    "vault:azure/authBackendRole:AuthBackendRole",
    "vault:gcp/authBackendRole:AuthBackendRole",
    "vault:tokenauth/authBackendRole:AuthBackendRole",
    "vault:index/certAuthBackendRole:CertAuthBackendRole",
] as const;

/**
 * Who logs in to Vault is one service account of one namespace, or one branch or environment of one repository, with a
 * token made for Vault. What it gets lives for an hour at most, renewals included, and has the policies that are named
 * and no other: `default`, which Vault adds unless told not to, is a policy that anybody may widen.
 *
 * What is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "VLT-03",
    name: "vlt-03-auth-roles-admit-one-identity",
    description: "A Vault role admits one identity, for an hour at most, without the default or root policy.",
    severity: "critical",
    remediationSteps:
        "Bind one service account, one namespace and an audience; set tokenTtl and tokenMaxTtl.",
    url: "https://developer.hashicorp.com/vault/docs/concepts/production-hardening",
    peers: [],
    settings: {
        maxTtlSeconds: {
            type: "number",
            minimum: 60,
            default: 3600,
            description: "The longest that a token may live, in seconds.",
        },
        previews: PREVIEWS,
    },
    types: new Set([KUBERNETES, JWT, ...OTHERS]),
    check,
};

function check({ type, props }: Checked, { facts, settings }: Context): readonly Finding[] {
    return [
        ...(type === KUBERNETES ? checkServiceAccount(props) : []),
        ...(type === JWT ? checkToken(props, facts, listSetting(settings, "previews")) : []),
        ...each(["tokenTtl", "tokenMaxTtl"], (key) =>
            checkTtl(props.at(key), numberSetting(settings, "maxTtlSeconds")),
        ),
        ...each([props.at("tokenPeriod")], checkPeriod),
        ...each([props.at("tokenPolicies")], checkPolicies),
        ...each([props.at("tokenNoDefaultPolicy")], (flag) =>
            flag.isTrue
                ? []
                : [
                      violation(
                          flag,
                          "lets Vault add the policy 'default'",
                          "Set tokenNoDefaultPolicy to true",
                      ),
                  ],
        ),
    ];
}

function checkServiceAccount(props: Property): Finding[] {
    return [
        ...each(["boundServiceAccountNames", "boundServiceAccountNamespaces"], (key) => {
            const bound = props.at(key);
            const texts = bound.texts();
            const what = key.endsWith("Names") ? "service account" : "namespace";
            const exact = texts.length === 1 && texts.every((text) => /^[a-z0-9.-]+$/.test(text));
            const shared = what === "service account" && texts.includes("default");
            return exact && !shared
                ? []
                : [
                      violation(
                          bound,
                          `admits more than one ${what}, or none`,
                          `Name the consumer's own ${what}`,
                      ),
                  ];
        }),
        ...each([props.at("boundServiceAccountNamespaceSelector")], (selector) =>
            selector.isAbsent
                ? []
                : [
                      violation(
                          selector,
                          "admits namespaces by their labels",
                          "Name the one namespace instead",
                      ),
                  ],
        ),
        ...each([props.at("audience")], (audience) => checkAudience(audience, [audience.text() ?? ""])),
    ];
}

function checkAudience(at: Property, audiences: readonly string[]): Finding[] {
    if (audiences.length > 0 && audiences.every((text) => /^[^*?\s]+$/.test(text))) return [];
    return [
        violation(at, "accepts tokens that were made for somebody else", "Name the audience, as 'vault'"),
    ];
}

/** Claims that only together stand for a branch or an environment of a repository. */
const REPOSITORY = ["repository", "repository_id", "project_path", "project_id"];
const PLACE = ["environment", "ref", "job_workflow_ref"];

function checkToken(props: Property, facts: Facts, previews: readonly string[]): Finding[] {
    return [
        ...each([props.at("boundAudiences")], (audiences) => checkAudience(audiences, audiences.texts())),
        ...each([props.at("boundClaimsType")], (type) =>
            type.isAbsent || type.text() === "string"
                ? []
                : [violation(type, "takes claims as patterns", "Use 'string'")],
        ),
        ...each([props], () => checkClaims(props, facts, previews)),
    ];
}

function checkClaims(props: Property, facts: Facts, previews: readonly string[]): Finding[] {
    const subject = props.at("boundSubject");
    const claims = props.at("boundClaims");
    const isExact = (value: string): boolean => /^[^*?,]+$/.test(value);
    const names = claims
        .entries()
        .filter(({ property }) => property.texts().every(isExact))
        .map(({ key }) => key);
    // Vault takes several values of a claim with commas between, of which a token has one.
    const subjects = [subject, claims.at("sub")]
        .filter((one) => !one.isAbsent)
        .flatMap((one) => one.texts())
        .flatMap((text) => text.split(","));
    const mayLook = isListed(props.at("roleName").text() ?? "", previews, facts);
    const bySubject =
        subjects.length > 0 &&
        subjects.every((text) => isOneIdentity(text, facts) || (mayLook && isPullRequest(text)));
    const byClaims =
        names.some((name) => REPOSITORY.includes(name)) && names.some((name) => PLACE.includes(name));
    if (bySubject || (byClaims && subjects.length === 0)) return [];
    return [
        violation(
            subject,
            "admits more than one identity of the issuer",
            `Write ${CI_SUBJECTS}, or bind the claims of the repository and of its environment or branch`,
        ),
    ];
}

function isOneIdentity(subject: string, facts: Facts): boolean {
    return (
        isExactCiSubject(subject, facts) ||
        /^system:serviceaccount:[a-z0-9-]+:(?!default$)[a-z0-9.-]+$/.test(subject)
    );
}

/** Absent or 0 is Vault's own, which is 32 days unless the mount has another. */
function checkTtl(property: Property, max: number): Finding[] {
    const seconds = property.number ?? 0;
    if (seconds > 0 && seconds <= max) return [];
    return [
        violation(
            property,
            "lets a token live longer than it may",
            `Set it to ${String(max)} seconds or less`,
        ),
    ];
}

function checkPeriod(property: Property): Finding[] {
    if ((property.isAbsent ? 0 : property.number) === 0) return [];
    return [
        violation(
            property,
            "lets a token be renewed for ever",
            "Leave it out, and let the workload log in anew",
        ),
    ];
}

function checkPolicies(property: Property): Finding[] {
    const names = property.texts();
    if (names.length > 0 && !names.some((name) => ["", "default", "root"].includes(name.toLowerCase())))
        return [];
    return [
        violation(
            property,
            "names 'default', 'root' or no policy at all",
            "Name the consumer's own policy alone",
        ),
    ];
}
