import { looksLikeSecret } from "../../components/domain/secret-shapes";
import type { Property } from "../reading/property";
import { isSecretField } from "../reading/weak-values";
import { NOT_APPLICABLE, decide, violation, type Checked, type Finding, type ResourceRule } from "../rule";

const FIX = "Make it a SecureString with the key of this environment";
const PLAIN = ["String", "StringList"];
/** Properties that hold the value of a parameter, whatever its type. */
const VALUES = ["value", "insecureValue"];

/**
 * A parameter of the type String is plain text for everybody who may describe or read parameters. So it has to be
 * configuration: the catalogue's, which its tag `class` says, by its name, and by what it looks like. Names and shapes
 * only refuse: what looks harmless and is not in the catalogue is refused as well.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "SM-05",
    name: "sm-05-only-configuration-is-plain",
    description: "Parameters are SecureStrings unless the catalogue has them as configuration.",
    severity: "high",
    remediationSteps: "Set the type to SecureString; what is no secret is declared as configuration.",
    url: "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html",
    exemptible: false,
    peers: ["Checkov"],
    types: new Set(["aws:ssm/parameter:Parameter"]),
    check,
};

function check({ props }: Checked): readonly Finding[] | typeof NOT_APPLICABLE {
    const type = props.at("type");
    const kind = type.text() ?? "";
    if (kind === "SecureString") return NOT_APPLICABLE;
    if (!PLAIN.includes(kind)) return [violation(type, "is no type of a parameter", FIX)];
    return [() => checkClass(props), () => checkName(type, props), () => checkValue(type, props)].flatMap(
        (part) => decide(part),
    );
}

function checkClass(props: Property): Finding[] {
    const tag = props.at("tags", "class");
    if (tag.text() === "config") return [];
    const fix = `${FIX}, or declare it as configuration in the catalogue`;
    return [violation(tag, "is not 'config', and the parameter is plain text", fix)];
}

function checkName(type: Property, props: Property): Finding[] {
    const name = props.at("name").text()?.split("/").at(-1) ?? "";
    return isSecretField(name)
        ? [violation(type, "is plain text for a name that says it is a secret", FIX)]
        : [];
}

function checkValue(type: Property, props: Property): Finding[] {
    const values = VALUES.map((name) => props.at(name)).filter((value) => !value.isUnknown);
    return values.some((value) => looksLikeSecret(value.text() ?? ""))
        ? [violation(type, "is plain text for a value that looks like a secret", FIX)]
        : [];
}
