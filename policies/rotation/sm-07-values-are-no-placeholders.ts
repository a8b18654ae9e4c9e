import { secretValues } from "../reading/secret-values";
import { VALUE_PROPERTIES } from "../reading/types";
import { weakness } from "../reading/weak-values";
import {
    NOT_APPLICABLE,
    numberSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

/**
 * What is written into a store is no placeholder, and what its field's name calls a secret is long enough. A document
 * is checked field by field; fields such as user names are only held against placeholders.
 *
 * Values that are not known before the deployment are not reported: the update asks again, before they are written.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "SM-07",
    name: "sm-07-values-are-no-placeholders",
    description: "No store gets a placeholder, a guessable value or a short secret.",
    severity: "high",
    remediationSteps: "Draw the value, or set the real one with 'pulumi config set --secret'.",
    url: "https://cwe.mitre.org/data/definitions/1392.html",
    peers: ["Checkov"],
    settings: {
        minimumLengthChars: {
            type: "integer",
            minimum: 1,
            default: 16,
            description: "How many characters a secret must have at least.",
        },
    },
    types: new Set(VALUE_PROPERTIES.keys()),
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] | typeof NOT_APPLICABLE {
    if (resource.type === "aws:ssm/parameter:Parameter" && !isSecure(resource)) return NOT_APPLICABLE;
    const values = secretValues(resource);
    if (values.length === 0) return NOT_APPLICABLE;
    const minimum = numberSetting(settings, "minimumLengthChars");
    return values.flatMap(({ at, field, text }) => {
        const found = weakness(field, text, minimum);
        return found === undefined ? [] : [violation(at, found, fixFor(minimum))];
    });
}

function fixFor(minimum: number): string {
    return `Draw the value, or set the real one, of ${minimum} characters or more, in the stack's encrypted configuration`;
}

/** Parameters of the types String and StringList hold configuration. */
function isSecure({ props }: Checked): boolean {
    const type = props.at("type");
    return type.isUnknown || type.text() === "SecureString";
}
