import { googleDays } from "../reading/days";
import type { Property } from "../reading/property";
import {
    each,
    numberSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const GCP_KEY = "gcp:kms/cryptoKey:CryptoKey";

/**
 * A key that is gone takes with it all that it encrypted. Its deletion can be taken back for some days, which are
 * declared: what is not follows a default that Google once had at one day. And Pulumi refuses to begin it.
 *
 * An environment that may be torn down says so in the pack's configuration, with `requireProtection: false`.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "KMS-03",
    name: "kms-03-keys-outlive-a-mistake",
    description: "Keys are protected, and their deletion can be taken back for at least 7 days.",
    severity: "high",
    remediationSteps: "Set protect on the key, and 7 days or more until its deletion is final.",
    url: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    peers: ["Checkov", "KICS"],
    settings: {
        minimumDays: {
            type: "integer",
            minimum: 1,
            default: 7,
            description: "For how many days a deletion can be taken back at least.",
        },
        requireProtection: {
            type: "boolean",
            default: true,
            description: "Whether keys must have the option protect.",
        },
    },
    types: new Set([
        "aws:kms/key:Key",
        "aws:kms/replicaKey:ReplicaKey",
        "aws:kms/externalKey:ExternalKey",
        "aws:kms/replicaExternalKey:ReplicaExternalKey",
        GCP_KEY,
    ]),
    check: (key, { settings }: Context) => [
        ...(settings["requireProtection"] === false || key.protect ? [] : [unprotected(key)]),
        ...each([key], (one) => checkWindow(one, numberSetting(settings, "minimumDays"))),
    ],
};

function unprotected({ props }: Checked): Finding {
    return violation(props, "is not protected, so that an edit can delete it", "Set the option 'protect'");
}

function checkWindow({ type, props }: Checked, minimum: number): Finding[] {
    if (type === GCP_KEY) {
        const duration = props.at("destroyScheduledDuration");
        return isLongEnough(googleDays(duration), minimum)
            ? []
            : [tooShort(duration, `'${minimum * 24 * 3600}s'`)];
    }
    const window = props.at("deletionWindowInDays");
    return isLongEnough(window.number, minimum) ? [] : [tooShort(window, String(minimum))];
}

function isLongEnough(days: number | undefined, minimum: number): boolean {
    return days !== undefined && days >= minimum;
}

function tooShort(property: Property, minimum: string): Finding {
    return violation(property, "is missing or too short to notice a mistake", `Set it to ${minimum} or more`);
}
