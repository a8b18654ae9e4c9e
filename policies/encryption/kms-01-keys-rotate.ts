import { googleDays } from "../reading/days";
import type { Property } from "../reading/property";
import {
    NOT_APPLICABLE,
    numberSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const AWS_KEY = "aws:kms/key:Key";
const AWS_IMPORTED = "aws:kms/externalKey:ExternalKey";
const GCP_KEY = "gcp:kms/cryptoKey:CryptoKey";

/**
 * KMS rotates the material of symmetric keys by itself when it is told to, and keeps what decrypts. Keys that sign have
 * no such rotation on either cloud. A key whose material is imported is never rotated so, and is refused.
 *
 * AWS rotates once a year where no period is named; Google only where one is.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "KMS-01",
    name: "kms-01-keys-rotate",
    description: "Keys are rotated by KMS: yearly or more often on AWS, every 90 days on GCP.",
    severity: "medium",
    remediationSteps: "Set enableKeyRotation on AWS, and a rotationPeriod of 7776000s or less on GCP.",
    url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    peers: ["Checkov", "Trivy", "KICS", "awsguard", "compliance-ready"],
    settings: {
        maximumAwsDays: {
            type: "integer",
            minimum: 90,
            default: 365,
            description: "The longest rotation period of a key of AWS, in days.",
        },
        maximumGcpDays: {
            type: "integer",
            minimum: 1,
            default: 90,
            description: "The longest rotation period of a key of GCP, in days.",
        },
    },
    types: new Set([AWS_KEY, AWS_IMPORTED, GCP_KEY]),
    check,
};

function check({ type, props }: Checked, { settings }: Context): readonly Finding[] | typeof NOT_APPLICABLE {
    switch (type) {
        case AWS_KEY:
            return checkAws(props, numberSetting(settings, "maximumAwsDays"));
        case GCP_KEY:
            return checkGcp(props, numberSetting(settings, "maximumGcpDays"));
        default:
            return [
                violation(props, "has imported material, which KMS never rotates", "Have KMS make the key"),
            ];
    }
}

function checkAws(props: Property, maximum: number): readonly Finding[] | typeof NOT_APPLICABLE {
    if (!isDefault(props.at("keyUsage"), "ENCRYPT_DECRYPT")) return NOT_APPLICABLE;
    if (!isDefault(props.at("customerMasterKeySpec"), "SYMMETRIC_DEFAULT")) return NOT_APPLICABLE;
    const enabled = props.at("enableKeyRotation");
    if (!enabled.isTrue) return [violation(enabled, "does not have KMS rotate the key", "Set it to true")];
    const period = props.at("rotationPeriodInDays");
    if (period.isAbsent || (period.number ?? Infinity) <= maximum) return [];
    return [violation(period, "is too long", `Set it to ${maximum} or less`)];
}

function checkGcp(props: Property, maximum: number): readonly Finding[] | typeof NOT_APPLICABLE {
    if (!isDefault(props.at("purpose"), "ENCRYPT_DECRYPT")) return NOT_APPLICABLE;
    const period = props.at("rotationPeriod");
    const days = googleDays(period);
    if (days !== undefined && days <= maximum) return [];
    const problem = period.isAbsent
        ? "is missing, so that the key never rotates"
        : "is too long, or no duration in seconds";
    return [violation(period, problem, `Set it to '${maximum * 24 * 3600}s' or less`)];
}

function isDefault(property: Property, value: string): boolean {
    return property.isAbsent || property.text() === value;
}
