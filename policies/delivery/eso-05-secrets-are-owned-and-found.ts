import { CLUSTER_EXTERNAL_SECRET, EXTERNAL_SECRET, externalSecretSpec } from "../reading/external-secrets";
import { containersOf, POD_KINDS, podSpecOf, secretVariablesOf, secretVolumesOf } from "../reading/pods";
import type { Property } from "../reading/property";
import { namesObjects, reachesSecrets, rulesOf } from "../reading/rbac";
import { violation, type Checked, type CheckedInStack, type Finding, type StackRule } from "../rule";

const ROLE = "kubernetes:rbac.authorization.k8s.io:Role";
const SECRET = "kubernetes:core:Secret";

/**
 * One owner makes a Secret and keeps it: the operator's `Owner` takes a Secret away with its ExternalSecret and nobody
 * else writes it, and `Retain` keeps the last good values when the store loses them. And its name is one name, where the
 * parts that use it are in the stack: what the ExternalSecret makes, what a Role lets be read, and what a pod takes. A
 * name that differs is a pod that does not start, or a right to a Secret that somebody else may make tomorrow.
 *
 * It needs the whole stack, and reads declared names alone.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "ESO-05",
    name: "eso-05-secrets-are-owned-and-found",
    description: "An ExternalSecret owns and retains its Secret, under the name that Roles and pods use.",
    severity: "medium",
    remediationSteps:
        "Set creationPolicy to Owner and deletionPolicy to Retain, and use one name throughout.",
    url: "https://external-secrets.io/latest/guides/ownership-deletion-policy/",
    peers: [],
    types: new Set([EXTERNAL_SECRET, CLUSTER_EXTERNAL_SECRET, ROLE, ...POD_KINDS]),
    check: (resource, stack) => {
        if (resource.type === CLUSTER_EXTERNAL_SECRET) return checkPolicies(resource);
        const namespace = resource.props.at("metadata", "namespace");
        if (namespace.isUnknown) return [unknown(namespace)];
        if (resource.type === EXTERNAL_SECRET)
            return [...checkPolicies(resource), ...checkTarget(resource, stack)];
        const used = resource.type === ROLE ? namesInRole(resource) : namesInPod(resource);
        return checkUsed(resource, used, stack);
    },
};

function checkPolicies(resource: Checked): Finding[] {
    const target = externalSecretSpec(resource).at("target");
    const wanted = [
        ["creationPolicy", "Owner", "leaves the Secret to nobody, or to more than one"],
        ["deletionPolicy", "Retain", "lets the store take the last good values away"],
    ] as const;
    return wanted.flatMap(([key, value, problem]) => {
        const policy = target.at(key);
        if (policy.isUnknown) return [unknown(policy)];
        // Both are what the operator takes where nothing is said.
        return policy.isAbsent || policy.text() === value
            ? []
            : [violation(policy, problem, `Set it to ${value}`)];
    });
}

function checkTarget(resource: CheckedInStack, stack: readonly CheckedInStack[]): Finding[] {
    const name = targetOf(resource);
    if (name.isUnknown) return [unknown(name)];
    const neighbours = neighboursOf(resource, stack);
    const found: Finding[] = [];
    const writers = neighbours.filter(
        (other) =>
            (other.type === SECRET && known(other.props.at("metadata", "name")) === name.text()) ||
            (other.type === EXTERNAL_SECRET && known(targetOf(other)) === name.text()),
    );
    if (writers.length > 0)
        found.push(violation(name, "is written by somebody else as well", "Give each Secret one owner"));
    const rules = neighbours.filter(({ type }) => type === ROLE).flatMap(readingRules);
    const readers = rules.flatMap(namesOf);
    const made = [name.text(), ...madeBy(neighbours)];
    // A name that nothing makes is told at the Role, and this target is most likely what it meant. A Role that names
    // nothing lets all be read, which is K8S-01's.
    const isTold = rules.some(
        (rule) => namesOf(rule).some((reader) => !made.includes(known(reader))) || !namesObjects(rule),
    );
    if (readers.length > 0 && !isTold && !readers.some((reader) => known(reader) === name.text()))
        found.push(
            violation(
                name,
                "names a Secret that no Role of its namespace lets be read",
                "Name it in the resourceNames of its consumer's Role",
            ),
        );
    return found;
}

/** Only where something of the namespace makes Secrets in this stack: otherwise they are made elsewhere. */
function checkUsed(
    resource: CheckedInStack,
    used: readonly Property[],
    stack: readonly CheckedInStack[],
): Finding[] {
    const made = madeBy(neighboursOf(resource, stack));
    if (made.length === 0) return [];
    return used
        .filter((name) => name.isUnknown || !made.includes(name.text()))
        .map((name) =>
            violation(
                name,
                "names a Secret that nothing in its namespace makes",
                "Use the name of the ExternalSecret's target",
            ),
        );
}

function madeBy(resources: readonly CheckedInStack[]): (string | undefined)[] {
    return resources.flatMap((each) => {
        if (each.type === EXTERNAL_SECRET) return [known(targetOf(each))];
        return each.type === SECRET ? [known(each.props.at("metadata", "name"))] : [];
    });
}

function namesInRole(role: Checked): Property[] {
    return secretRules(role).flatMap(namesOf);
}

/** Of a consumer's Role; rules that write or watch are the operator's, who makes what consumers read. */
function readingRules(role: Checked): Property[] {
    return secretRules(role).filter((rule) => {
        const verbs = rule.at("verbs").texts();
        return !verbs.includes("update") && (verbs.includes("get") || verbs.includes("*"));
    });
}

const secretRules = (role: Checked): Property[] =>
    rulesOf(role).filter((rule) => !rule.isUnknown && reachesSecrets(rule));
const namesOf = (rule: Property): Property[] => rule.at("resourceNames").itemsOrUnknown();

function namesInPod(resource: Checked): Property[] {
    const pod = podSpecOf(resource);
    const variables = containersOf(pod)
        .flatMap(secretVariablesOf)
        .filter((reference) => !reference.isAbsent)
        .map((reference) => reference.at("name"));
    const volumes = secretVolumesOf(pod).flatMap(({ names }) => names);
    return [...variables, ...volumes];
}

/** What else is in the namespace of the same cluster; a resource without one is nobody's neighbour. */
function neighboursOf(resource: CheckedInStack, stack: readonly CheckedInStack[]): CheckedInStack[] {
    const namespace = known(resource.props.at("metadata", "namespace"));
    return stack.filter(
        (other) =>
            other.urn !== resource.urn &&
            other.provider?.name === resource.provider?.name &&
            namespace !== undefined &&
            known(other.props.at("metadata", "namespace")) === namespace,
    );
}

/** The name of the Secret that it makes: its own where it names none. */
function targetOf(resource: Checked): Property {
    const name = externalSecretSpec(resource).at("target", "name");
    return !name.isUnknown && name.isAbsent ? resource.props.at("metadata", "name") : name;
}

function known(property: Property): string | undefined {
    return property.isUnknown ? undefined : property.text();
}

function unknown(property: Property): Finding {
    return violation(property, "is not known before the deployment", "Declare it in the program");
}
