import type { CheckedInStack } from "../rule";
import { matches, mayDo, READING_ACTIONS, statementsOf, type Statement } from "./iam";
import type { Property } from "./property";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** A role with a statement that lets it read values. */
interface Grant {
    readonly role: string;
    readonly resources: readonly string[];
}

/** Names of the roles whose policies in this stack let them read what has the ARN. A policy not yet known grants nothing. */
export function readersOf(stack: readonly CheckedInStack[], arn: string): ReadonlySet<string> {
    const grants = found.get(stack) ?? grantsOf(stack);
    found.set(stack, grants);
    return new Set(
        grants
            .filter(({ resources }) => resources.some((each) => matches(each, arn)))
            .map(({ role }) => role),
    );
}

const found = new WeakMap<readonly CheckedInStack[], readonly Grant[]>();

function grantsOf(stack: readonly CheckedInStack[]): Grant[] {
    const byUrn = new Map(stack.map((resource) => [resource.urn, resource]));
    return stack.flatMap((resource) => {
        const { type, props, dependencies } = resource;
        if (type === ROLE) {
            const inline = props.at("inlinePolicies").itemsOrUnknown();
            return inline.flatMap((each) => grantsIn(textOf(props.at("name")), each.at("policy")));
        }
        const role = textOf(props.at("role")) ?? roleOf(dependencies("role"), byUrn);
        if (type === ROLE_POLICY) return grantsIn(role, props.at("policy"));
        if (type !== ATTACHMENT) return [];
        return dependencies("policyArn").flatMap((urn) => {
            const policy = byUrn.get(urn)?.props.at("policy");
            return policy === undefined ? [] : grantsIn(role, policy);
        });
    });
}

const textOf = (property: Property): string | undefined => (property.isUnknown ? undefined : property.text());

const roleOf = (urns: readonly string[], byUrn: ReadonlyMap<string, CheckedInStack>): string | undefined => {
    const role = urns.map((urn) => byUrn.get(urn)).find((each) => each?.type === ROLE);
    return role === undefined ? undefined : textOf(role.props.at("name"));
};

function grantsIn(role: string | undefined, policy: Property): Grant[] {
    if (role === undefined || policy.isUnknown) return [];
    const document = policy.parsed();
    if (document === undefined) return [];
    const reading = statementsOf(document).filter(
        (statement) => statement.allows && mayDo(statement, READING_ACTIONS),
    );
    return reading.map(({ resources }: Statement) => ({
        role,
        resources: resources.flatMap((each) => textOf(each) ?? []),
    }));
}
