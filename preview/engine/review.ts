import { addTo } from "../../components/domain/grouped";
import { UserError } from "../errors";
import type { Violation } from "../rendering";
import { keepSecrets } from "./kept-secrets";
import type { Outputs } from "./outputs";
import type { PolicyPack } from "./policy-pack";
import type { Registered } from "./registered";
import type { Review } from "./registrations";
import type { StackState } from "./stack-state";
import { nameOf, typeOf, urnOfReference } from "./urn";
import type { PropertyMap } from "./values";
import type { Sent } from "./wire/message";
import {
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzerTimeouts,
    type Remediation,
} from "./wire/analyzer-messages";

/**
 * The policy packs of a preview. Each sees every resource that the program registers, of those that it reads only
 * references to other stacks, and at the end the whole stack without what is read. Answers to the program wait for a pack only where one of its policies may change inputs.
 */
export class Packs implements Review {
    readonly #violations = new Map<string, Violation[]>();
    readonly #ofStack: Violation[] = [];
    readonly #pending: Promise<unknown>[] = [];
    /** Resolves when all packs serve; to false when one of them does not. */
    readonly #ready: Promise<boolean>;
    #stopped = false;

    constructor(
        readonly packs: readonly PolicyPack[],
        started: Promise<unknown>,
        readonly state: StackState,
        readonly outputs: Outputs,
    ) {
        this.#ready = started.then(
            () => true,
            (error: unknown) => this.#fail(error),
        );
    }

    async remediates(): Promise<boolean> {
        await this.#ready;
        return this.packs.some((pack) => pack.remediates);
    }

    resource(registered: Registered, provider: Registered | undefined): Promise<PropertyMap> {
        const reviewed = this.#review(registered, provider).catch((error: unknown) => {
            this.#fail(error);
            return registered.inputs;
        });
        this.#pending.push(reviewed);
        return reviewed;
    }

    /** The violations of all resources in the order of their registration, then those of the stack. */
    async violations(): Promise<Violation[]> {
        for (let seen = -1; seen !== this.#pending.length;) {
            seen = this.#pending.length;
            await Promise.all(this.#pending);
        }
        const ofResources = [...this.state.resources.keys()].flatMap(
            (urn) => this.#violations.get(urn) ?? [],
        );
        return [...ofResources, ...this.#ofStack];
    }

    /** Lets the packs see the stack as a whole, once everything is registered. */
    async stack(): Promise<void> {
        await this.violations();
        if (!(await this.#ready) || this.#stopped) return;
        const { resources } = this.state;
        const owned = [...resources.values()].filter(({ read }) => !read);
        const analyzed = owned.map((registered) => this.#ofWholeStack(registered, resources));
        try {
            const all = await Promise.all(this.packs.map((pack) => pack.analyzeStack(analyzed)));
            this.#ofStack.push(...all.flat());
        } catch (error) {
            this.#fail(error);
        }
    }

    stop(): void {
        this.#stopped = true;
        for (const pack of this.packs) pack.stop();
    }

    async #review(registered: Registered, provider: Registered | undefined): Promise<PropertyMap> {
        if (!(await this.#ready) || this.#stopped) return registered.inputs;
        let inputs = registered.inputs;
        const about = analyzed(registered, provider);
        for (const pack of this.packs) {
            if (!pack.remediates) continue;
            for (const remediation of await pack.remediate({ ...about, properties: inputs })) {
                this.#remediated(registered.urn, remediation);
                if (remediation.diagnostic === "" && remediation.properties !== undefined)
                    inputs = keepSecrets(registered.inputs, remediation.properties);
            }
        }
        const found = await Promise.all(
            this.packs.map((pack) => pack.analyze({ ...about, properties: inputs })),
        );
        this.#add(registered.urn, found.flat());
        return inputs;
    }

    #remediated(urn: string, remediation: Sent<typeof Remediation>): void {
        if (remediation.diagnostic !== "") this.#add(urn, [remediationViolation(remediation, urn)]);
        else if (remediation.properties !== undefined) {
            const { policyname, policypackname } = remediation;
            this.state.tell("info", `Policy '${policyname}' of pack '${policypackname}' changed inputs`, urn);
        }
    }

    #add(urn: string, violations: readonly Violation[]): void {
        for (const violation of violations) addTo(this.#violations, urn, violation);
    }

    #ofWholeStack(
        registered: Registered,
        resources: ReadonlyMap<string, Registered>,
    ): Sent<typeof AnalyzerResource> {
        const { parent, dependencies, propertyDependencies } = registered;
        const depending = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
        return AnalyzerResource.of({
            ...analyzed(registered, resources.get(urnOfReference(registered.provider))),
            properties: this.outputs.complete(registered),
            parent,
            dependencies,
            propertydependencies: Object.fromEntries(
                depending.map(([property, urns]) => [property, { urns }]),
            ),
        });
    }

    /** A fault of a pack is told once: after it, the packs are not asked again. */
    #fail(error: unknown): false {
        if (!this.#stopped) {
            this.stop();
            this.state.error(
                error instanceof UserError || error instanceof Error ? error.message : String(error),
            );
        }
        return false;
    }
}

function remediationViolation(remediation: Sent<typeof Remediation>, urn: string): Violation {
    return {
        pack: remediation.policypackname,
        policy: remediation.policyname,
        level: "advisory",
        description: remediation.description,
        message: remediation.diagnostic,
        urn,
    };
}

/** A resource as policies see it; aliases are never sent for one that does not exist yet. */
function analyzed(registered: Registered, provider: Registered | undefined) {
    const { urn, inputs, options } = registered;
    return {
        urn,
        type: typeOf(urn),
        name: nameOf(urn),
        properties: inputs,
        options: AnalyzerResourceOptions.of({
            protect: options.protect === true,
            ignorechanges: options.ignoreChanges,
            deletebeforereplace: options.deleteBeforeReplace === true,
            deletebeforereplacedefined: options.deleteBeforeReplace !== undefined,
            additionalsecretoutputs: options.additionalSecretOutputs,
            customtimeouts: AnalyzerTimeouts.of(timeouts(options.customTimeouts)),
            parent: registered.parent,
        }),
        provider:
            provider === undefined
                ? undefined
                : AnalyzerProviderResource.of({
                      urn: provider.urn,
                      type: provider.type,
                      name: provider.name,
                      properties: provider.inputs,
                  }),
    };
}

type Timeouts = Record<"create" | "update" | "delete" | "read", number>;
const SECONDS: Readonly<Record<string, number>> = {
    h: 3600,
    m: 60,
    s: 1,
    ms: 0.001,
    us: 1e-6,
    µs: 1e-6,
    ns: 1e-9,
};

/** Durations as Go writes them (`1h30m`), in seconds. */
function timeouts(given: Partial<Record<keyof Timeouts, string>> | undefined): Partial<Timeouts> {
    const entries = Object.entries(given ?? {}).map(([name, text]) => {
        const parts = [...text.matchAll(/([\d.]+)(h|ms|us|µs|ns|m|s)/g)];
        return [
            name,
            parts.reduce((sum, [, n = "0", unit = "s"]) => sum + Number(n) * (SECONDS[unit] ?? 0), 0),
        ];
    });
    return Object.fromEntries(entries) as Partial<Timeouts>;
}
