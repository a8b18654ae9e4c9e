import { googleDays } from "../reading/days";
import type { Property } from "../reading/property";
import {
    numberSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const VERSIONS = [
    "gcp:secretmanager/secretVersion:SecretVersion",
    "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion",
];

/**
 * A version that is destroyed is gone for good, and replacing one destroys the old one unless it says otherwise. So a
 * replaced version is disabled; and a secret delays what anybody destroys, disabled in the meantime.
 *
 * ABANDON is no way out: it leaves the old version enabled, to be read by its number.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "GCP-06",
    name: "gcp-06-versions-are-disabled-first",
    description: "Versions in GCP Secret Manager are disabled before they are destroyed.",
    severity: "medium",
    remediationSteps: "Set deletionPolicy DISABLE on versions, and versionDestroyTtl on their secret.",
    url: "https://cloud.google.com/secret-manager/docs/delay-destruction-of-secret-versions",
    peers: [],
    settings: {
        minimumDays: {
            type: "integer",
            minimum: 1,
            default: 7,
            description: "For how many days a version stays disabled at least before it is destroyed.",
        },
    },
    types: new Set([
        "gcp:secretmanager/secret:Secret",
        "gcp:secretmanager/regionalSecret:RegionalSecret",
        ...VERSIONS,
    ]),
    check: ({ type, props }: Checked, { settings }: Context) =>
        VERSIONS.includes(type)
            ? checkVersion(props.at("deletionPolicy"))
            : checkSecret(props.at("versionDestroyTtl"), numberSetting(settings, "minimumDays")),
};

function checkVersion(policy: Property): Finding[] {
    if (policy.text() === "DISABLE") return [];
    const problem =
        policy.text() === "ABANDON"
            ? "leaves a replaced version enabled"
            : "destroys a version as soon as it is replaced";
    return [violation(policy, problem, "Set it to DISABLE")];
}

function checkSecret(ttl: Property, minimum: number): Finding[] {
    const days = googleDays(ttl);
    if (days !== undefined && days >= minimum) return [];
    const fix = `Set it to '${minimum * 24 * 3600}s' or more`;
    return [violation(ttl, "does not delay the destruction of a version for long enough", fix)];
}
