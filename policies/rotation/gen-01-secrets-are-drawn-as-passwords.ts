import { VALUE_PROPERTIES } from "../reading/types";
import {
    numberSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type StackRule,
} from "../rule";

const PASSWORD = "random:index/randomPassword:RandomPassword";
/** Their values stand in the state in plain text, in a property or in the id. */
const PLAIN = /^random:index\/random(?:String|Id|Bytes|Uuid\d?|Pet|Integer|Shuffle):/;
/** Components that hold secrets: what they draw is one. */
const SECRET_COMPONENT = /^strongroom:(?:secrets|encryption):/;

/**
 * Of Pulumi's random resources only RandomPassword keeps its value encrypted in the state. The others are fine for
 * suffixes of names, so what counts is where a value goes: into a component of secrets, or into a property of a store
 * that holds values.
 *
 * It needs the whole stack, and reads nothing that a preview doesn't know: dependencies and declared lengths. A
 * length that is not known yet is a violation.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "GEN-01",
    name: "gen-01-secrets-are-drawn-as-passwords",
    description: "Secrets are drawn by RandomPassword alone, and are long enough.",
    severity: "high",
    remediationSteps:
        "Draw the value with RandomPassword; its alphabet can be set, and bytes derive from hex.",
    url: "https://github.com/pulumi/pulumi/issues/8946",
    exemptible: false,
    peers: [],
    settings: {
        minimumLengthChars: {
            type: "integer",
            minimum: 1,
            default: 16,
            description: "How many characters a drawn value must have at least.",
        },
    },
    types: new Set([
        PASSWORD,
        ...["String", "Id", "Bytes", "Uuid", "Uuid4", "Uuid7", "Pet", "Integer", "Shuffle"].map(
            (kind) => `random:index/random${kind}:Random${kind}`,
        ),
        ...VALUE_PROPERTIES.keys(),
    ]),
    check: (resource, _stack, context) => [
        ...(resource.type === PASSWORD ? checkLength(resource, context) : []),
        ...(PLAIN.test(resource.type) ? checkPlace(resource) : []),
        ...checkSources(resource),
    ],
};

function checkLength({ props }: CheckedInStack, { settings }: Context): Finding[] {
    const minimum = numberSetting(settings, "minimumLengthChars");
    const length = props.at("length");
    return (length.number ?? 0) >= minimum
        ? []
        : [violation(length, "is too short for a secret", `Set it to ${minimum} or more`)];
}

function checkPlace({ parentType, props }: CheckedInStack): Finding[] {
    if (parentType === undefined || !SECRET_COMPONENT.test(parentType)) return [];
    return [violation(props, "draws a secret that stands in the state in plain text", "Use RandomPassword")];
}

function checkSources({ type, props, dependencyTypes }: CheckedInStack): Finding[] {
    return (VALUE_PROPERTIES.get(type) ?? [])
        .filter((property) => dependencyTypes(property).some((source) => PLAIN.test(source)))
        .map((property) =>
            violation(
                props.at(property),
                "comes from a random resource whose value stands in the state in plain text",
                "Draw it with RandomPassword",
            ),
        );
}
