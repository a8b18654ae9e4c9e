import type { Property } from "../reading/property";
import {
    listSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type StackRule,
} from "../rule";

const USER = "aws:iam/user:User";
const ACCESS_KEY = "aws:iam/accessKey:AccessKey";

/** Credentials that work until somebody revokes them, and that no class rotates. */
const NEVER: ReadonlyMap<string, string> = new Map([
    ["aws:iam/userLoginProfile:UserLoginProfile", "is a password for the console"],
    ["aws:iam/serviceSpecificCredential:ServiceSpecificCredential", "is a password for one service"],
    ["aws:iam/signingCertificate:SigningCertificate", "is a certificate that signs requests"],
    ["aws:iam/sshKey:SshKey", "is a key of a user"],
    ["gcp:serviceaccount/key:Key", "is a key of a service account"],
    ["gcp:serviceAccount/key:Key", "is a key of a service account"],
    ["gcp:storage/hmacKey:HmacKey", "is a key of a service account"],
]);

/** Inputs of a provider that are such credentials; they would be in the state. */
const PROVIDERS: ReadonlyMap<string, readonly string[]> = new Map([
    ["pulumi:providers:aws", ["accessKey", "secretKey"]],
    ["pulumi:providers:gcp", ["credentials"]],
]);

/** AWS takes two, so that one can replace the other. */
const KEYS_OF_A_USER = 2;

/**
 * Identities get a session by what they run as. Where something understands nothing but an access key, the catalogue
 * has it as a class that rotates: the user says so in the tag `rotation-class`, and each key in its name the generation
 * that the ledger ends, `-g<N>`. The stack declares both, so that no key is made for a user of somebody else's.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "IAM-06",
    name: "iam-06-long-lived-keys-rotate",
    description: "No IAM users, access keys or service account keys but those of a class that rotates.",
    severity: "high",
    remediationSteps: "Use the workload's role or service account; an access key belongs into the catalogue.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
    peers: ["Checkov", "Trivy", "awsguard"],
    settings: {
        rotatedClasses: {
            type: "array",
            items: { type: "string" },
            default: ["access-key"],
            description: "Rotation classes of access keys, as the user's tag 'rotation-class' names them.",
        },
    },
    types: new Set([USER, ACCESS_KEY, ...NEVER.keys(), ...PROVIDERS.keys()]),
    check: (resource, stack, context) => {
        const { type, props } = resource;
        if (type === USER) return checkUser(props, context);
        if (type === ACCESS_KEY) return checkAccessKey(resource, stack);
        const problem = NEVER.get(type);
        if (problem !== undefined) {
            return [violation(props, `${problem}, which nobody rotates`, "Let the workload have a session")];
        }
        return (PROVIDERS.get(type) ?? [])
            .map((key) => props.at(key))
            .filter((property) => property.isUnknown || !property.isAbsent)
            .map((property) =>
                violation(property, "is a credential that is written down", "Log in with a session instead"),
            );
    },
};

function checkUser(props: Property, { settings }: Context): readonly Finding[] {
    const tag = props.at("tags", "rotation-class");
    const classes = listSetting(settings, "rotatedClasses");
    if (!tag.isUnknown && classes.includes(tag.text() ?? "")) return [];
    return [
        violation(
            tag,
            "does not say that the user's keys rotate",
            `Declare the key in the catalogue, whose users have one of ${classes.join(", ")} there`,
        ),
    ];
}

function checkAccessKey(key: CheckedInStack, stack: readonly CheckedInStack[]): readonly Finding[] {
    const user = key.props.at("user");
    const owner = ownerOf(key, stack);
    const unnumbered = /-g[1-9]\d*$/.test(key.name)
        ? []
        : [
              violation(
                  key.props,
                  "is no generation of the ledger, so nothing ends it",
                  "Declare it in the catalogue, which names it '<field>-g<N>'",
              ),
          ];
    if (owner === undefined) {
        const fix = "Declare the user in this stack, with its rotation class";
        return [violation(user, "is no user that this stack declares", fix), ...unnumbered];
    }
    const keys = stack
        .filter(({ type }) => type === ACCESS_KEY)
        .filter((one) => ownerOf(one, stack) === owner);
    const more =
        keys.indexOf(key) >= KEYS_OF_A_USER
            ? [violation(user, "has more than the two keys that AWS takes", "End the previous one first")]
            : [];
    return [...unnumbered, ...more];
}

/** By its name, or by what that was computed from, which is known where the name is not. */
function ownerOf(key: CheckedInStack, stack: readonly CheckedInStack[]): CheckedInStack | undefined {
    const user = key.props.at("user");
    return stack.find(({ type, urn, props }) => {
        if (type !== USER) return false;
        const own = props.at("name");
        if (user.isUnknown || own.isUnknown) return key.dependencies("user").includes(urn);
        return own.text() !== undefined && own.text() === user.text();
    });
}
