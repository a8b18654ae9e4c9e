import type { RenderedResource } from "../rendering";
import { nameOf, opened, stackOf, strings } from "./estate";
import type { Estate } from "./estate";
import { statementsOf, unreadable } from "./iam-policy";
import type { Statement } from "./iam-policy";

const KEY = "aws:kms/key:Key";
const REPLICA = "aws:kms/replicaKey:ReplicaKey";

/** A customer key: what is encrypted with it takes a right on it as well. */
export interface AwsKey {
    readonly arn: string | undefined;
    /** Undefined where the key has Amazon's default policy, which leaves the decision to IAM policies. */
    readonly policy?: readonly Statement[];
    readonly grants: readonly KeyGrant[];
    /** Undefined for a key that no stack declares. */
    readonly resource?: RenderedResource;
}

export interface KeyGrant {
    readonly label: string;
    /** ARN of whom it is given to; undefined where that is known after a deployment only. */
    readonly grantee: string | undefined;
    /** As the grant says them, e.g. `Decrypt`. */
    readonly operations: readonly string[];
}

/** The keys of all stacks, found by what a resource calls them. */
export class AwsKeys {
    readonly all: readonly AwsKey[];
    readonly #byArn = new Map<string, AwsKey>();
    /** By id or alias, which mean something within a stack's account only. */
    readonly #byName = new Map<string, AwsKey>();
    readonly #byUrn = new Map<string, AwsKey>();

    constructor(readonly estate: Estate) {
        this.all = estate.ofType(KEY, REPLICA).map((resource) => this.#key(resource));
        for (const alias of estate.ofType("aws:kms/alias:Alias")) {
            const key = this.#named(alias, "targetKeyId");
            const [name, arn] = [nameOf(alias, "name"), nameOf(alias, "arn")];
            if (key === undefined) continue;
            if (name !== undefined) this.#byName.set(`${stackOf(alias)} ${name}`, key);
            if (arn !== undefined) this.#byArn.set(arn, key);
        }
    }

    /** The key that a property points to; undefined where Amazon's own is used, which anybody in the account may use. */
    of(resource: RenderedResource, property: string): AwsKey | undefined {
        return this.ofValue(resource, property, opened(resource, property));
    }

    ofValue(resource: RenderedResource, property: string, value: unknown): AwsKey | undefined {
        if (value === undefined || value === null || value === "") return undefined;
        if (typeof value === "string" && /(?:^|:)alias\/aws\//u.test(value)) return undefined;
        const source = this.estate.source(resource, property, KEY, REPLICA);
        const named = typeof value === "string" ? this.#byText(resource, value) : undefined;
        const arn = typeof value === "string" && value.startsWith("arn:") ? value : undefined;
        return named ?? this.#byUrn.get(source?.urn ?? "") ?? { arn, grants: [] };
    }

    #key(resource: RenderedResource): AwsKey {
        const own = (other: RenderedResource): boolean => {
            const id = nameOf(other, "keyId");
            return id === undefined
                ? this.estate.source(other, "keyId", KEY, REPLICA) === resource
                : [nameOf(resource, "keyId"), nameOf(resource, "arn")].includes(id);
        };
        const attached = this.estate.ofType("aws:kms/keyPolicy:KeyPolicy").filter(own);
        const declared = [
            ...(opened(resource, "policy") === undefined ? [] : statementsOf(resource)),
            ...attached.flatMap((each) => statementsOf(each)),
        ];
        const hasPolicy = opened(resource, "policy") !== undefined || attached.length > 0;
        const grants = this.estate.ofType("aws:kms/grant:Grant").filter(own);
        const key: AwsKey = {
            arn: nameOf(resource, "arn"),
            resource,
            ...(hasPolicy ? { policy: [...declared, ...grants.flatMap(constrained)] } : {}),
            grants: grants.map((grant) => ({
                label: `KMS grant ${grant.name}`,
                grantee: nameOf(grant, "granteePrincipal"),
                operations: strings(opened(grant, "operations") ?? []) ?? [],
            })),
        };
        this.#byUrn.set(resource.urn, key);
        if (key.arn !== undefined) this.#byArn.set(key.arn, key);
        for (const property of ["keyId", "id"]) {
            const name = nameOf(resource, property);
            // A replica has the id of its primary, which is meant where only the id is said.
            const text = `${stackOf(resource)} ${name ?? ""}`;
            if (name !== undefined && !this.#byName.has(text)) this.#byName.set(text, key);
        }
        return key;
    }

    #named(resource: RenderedResource, property: string): AwsKey | undefined {
        const name = nameOf(resource, property);
        if (name !== undefined) return this.#byText(resource, name);
        return this.#byUrn.get(this.estate.source(resource, property, KEY, REPLICA)?.urn ?? "");
    }

    #byText(resource: RenderedResource, text: string): AwsKey | undefined {
        return this.#byArn.get(text) ?? this.#byName.get(`${stackOf(resource)} ${text}`);
    }
}

/** Whom a grant is given to, or what it allows, must be known: anybody could be meant. */
function constrained(grant: RenderedResource): readonly Statement[] {
    const known =
        nameOf(grant, "granteePrincipal") !== undefined && strings(opened(grant, "operations")) !== undefined;
    return known
        ? []
        : [
              unreadable(
                  `KMS grant ${grant.name}`,
                  `whom '${grant.name}' is for is known after a deployment only`,
              ),
          ];
}
