import { CreateContext, textOf } from "./outputs/context";
import type { Registrations } from "./registrations";
import { CallError, Status } from "./rpc";
import { packageOf, urnOfReference } from "./urn";
import { Unknown, type PropertyMap, type PropertyValue } from "./values";
import type { Sent } from "./wire/message";
import type { ResourceInvokeRequest } from "./wire/monitor-messages";

type Invocation = (args: PropertyMap, provider: CreateContext) => PropertyMap;

/** Functions of providers whose answer follows from their arguments and the provider's configuration. */
const INVOCATIONS: Readonly<Record<string, Invocation>> = {
    "aws:index/getCallerIdentity:getCallerIdentity": (_, provider) => {
        const accounts = provider.providerJson("allowedAccountIds");
        const one = Array.isArray(accounts) && accounts.length === 1 ? String(accounts[0]) : Unknown.value;
        return { accountId: one, id: one, arn: Unknown.value, userId: Unknown.value };
    },
    "aws:index/getRegion:getRegion": (args, provider) => {
        const region = args["region"] ?? provider.providerText("region");
        return { region, name: region, id: region, description: Unknown.value, endpoint: Unknown.value };
    },
    "aws:index/getPartition:getPartition": () => ({
        partition: "aws",
        id: "aws",
        dnsSuffix: "amazonaws.com",
    }),
    "gcp:organizations/getClientConfig:getClientConfig": (_, provider) => ({
        project: provider.providerText("project"),
        region: provider.providerText("region"),
        accessToken: Unknown.value,
    }),
};

/** @throws {CallError} for a function that only its provider can answer: an invented answer would hide that. */
export function invoke(
    request: Sent<typeof ResourceInvokeRequest>,
    registrations: Registrations,
): { return: PropertyMap } {
    const { tok: token } = request;
    const args = request.args ?? {};
    if (token === "pulumi:pulumi:getResource") return { return: getResource(args, registrations) };
    const invocation = INVOCATIONS[token];
    if (invocation === undefined) {
        throw new CallError(
            `'${token}' asks a cloud, which an offline preview does not do. ` +
                `Take what it would answer from the stack's configuration`,
            Status.unimplemented,
        );
    }
    const reference =
        request.provider ||
        registrations.defaultProviderFor(packageOf(token), request.version, request.plugindownloadurl);
    const provider = registrations.state.resources.get(urnOfReference(reference))?.inputs ?? {};
    return { return: invocation(args, new CreateContext("", token, args, provider)) };
}

function getResource(args: PropertyMap, { state }: Registrations): Record<string, PropertyValue> {
    const urn = textOf(args["urn"], "");
    const found = urn instanceof Unknown ? undefined : state.resources.get(urn);
    if (found === undefined) throw new CallError(`unknown resource ${urn instanceof Unknown ? "" : urn}`);
    return { urn: found.urn, id: found.id, state: found.outputs };
}
