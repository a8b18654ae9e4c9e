import path from "node:path";
import type * as Grpc from "@grpc/grpc-js";

import { UserError } from "../errors";
import type { EnforcementLevel, Violation } from "../rendering";
import { Child } from "./children";
import { LEVELS, policyConfig, type PolicyPackConfig } from "./policy-config";
import { resolveFrom } from "./program";
import { CallError, Caller, Status } from "./rpc";
import type { StackIdentity } from "./stack-state";
import type { Message, MessageOf, Sent } from "./wire/message";
import * as messages from "./wire/analyzer-messages";
import { Empty } from "./wire/monitor-messages";

const SERVICE = "pulumirpc.Analyzer";
const SEVERITIES = [undefined, "low", "medium", "high", "critical"] as const;

/** A policy pack as the analyzer process that it is under the engine, too. */
export class PolicyPack {
    readonly #child: Child;
    readonly #directory: string;
    #caller: Caller | undefined;
    #name: string;
    /** How each policy is configured, by name. */
    #levels: ReadonlyMap<string, EnforcementLevel> = new Map();
    /** Whether a policy may change the inputs of resources. */
    remediates = false;

    /** @param today the day that decides what has ended; the pack asks the clock where it is not given. */
    constructor(directory: string, identity: StackIdentity, engineAddress: string, today?: string) {
        this.#directory = directory;
        this.#name = path.basename(directory);
        const run = resolveFrom(directory, "@pulumi/pulumi/cmd/run-policy-pack");
        this.#child = new Child({
            arguments: [
                "--require",
                path.resolve(__dirname, "../../startup/register.js"),
                run,
                engineAddress,
                directory,
            ],
            directory,
            environment: {
                PULUMI_NODEJS_ORGANIZATION: identity.organization,
                PULUMI_NODEJS_PROJECT: identity.project,
                PULUMI_NODEJS_STACK: identity.stack,
                PULUMI_NODEJS_DRY_RUN: "true",
                PULUMI_CONFIG: JSON.stringify(identity.config),
                ...(today === undefined ? {} : { STRONGROOM_TODAY: today }),
            },
        });
    }

    /**
     * Waits for the pack to serve, and configures it.
     *
     * @throws {UserError} when it does not start, or its configuration is wrong.
     */
    async start(
        grpc: typeof Grpc,
        identity: StackIdentity,
        address: string,
        config: PolicyPackConfig,
    ): Promise<void> {
        const line = await this.#child.firstLine();
        if (line === undefined || !/^\d+$/.test(line)) {
            const said = `${line ?? ""}\n${this.#child.stderr}`.trim();
            this.stop();
            const mistakes = MISTAKES.exec(said)?.[1];
            // As the pack tells them, so that they get their lines in the stack's file.
            if (mistakes !== undefined) throw new Error(mistakes);
            throw this.#fault(
                said === "" ? "it ended without saying why" : `it did not start serving:\n${said}`,
                `A pack prints nothing to stdout; try 'node --require startup/register.js ${this.#directory}' by hand`,
            );
        }
        this.#caller = new Caller(grpc, `127.0.0.1:${line}`);
        const { organization, project, stack } = identity;
        const directory = this.#directory;
        await this.#optional("Handshake", messages.AnalyzerHandshakeRequest, {
            engineAddress: address,
            rootDirectory: directory,
            programDirectory: directory,
        });
        await this.#optional("ConfigureStack", messages.AnalyzerStackConfigureRequest, {
            organization,
            project,
            stack,
            dryRun: true,
            config: identity.config,
            configSecretKeys: identity.secretConfigKeys,
        });
        const info = await this.#call("GetAnalyzerInfo", Empty, messages.AnalyzerInfo, {});
        this.#name = info.name;
        const { configuration, problems } = policyConfig(info, config);
        if (problems.length > 0) {
            this.stop();
            throw new UserError(`The configuration of policy pack '${info.name}'`, problems);
        }
        this.#levels = new Map(
            Object.entries(configuration).map(([name, { enforcementlevel }]) => [
                name,
                LEVELS[enforcementlevel] ?? "mandatory",
            ]),
        );
        this.remediates = [...this.#levels.values()].includes("remediate");
        await this.#call("Configure", messages.ConfigureAnalyzerRequest, Empty, {
            policyconfig: configuration,
        });
    }

    async remediate(
        resource: Partial<Sent<typeof messages.RemediateRequest>>,
    ): Promise<readonly Sent<typeof messages.Remediation>[]> {
        const answer = await this.#call(
            "Remediate",
            messages.RemediateRequest,
            messages.RemediateResponse,
            resource,
        );
        return answer.remediations;
    }

    async analyze(resource: Partial<Sent<typeof messages.AnalyzeRequest>>): Promise<Violation[]> {
        const answer = await this.#call(
            "Analyze",
            messages.AnalyzeRequest,
            messages.AnalyzeResponse,
            resource,
        );
        return answer.diagnostics.map((diagnostic) => this.#violation(diagnostic, resource.urn ?? ""));
    }

    async analyzeStack(resources: readonly Sent<typeof messages.AnalyzerResource>[]): Promise<Violation[]> {
        const answer = await this.#call(
            "AnalyzeStack",
            messages.AnalyzeStackRequest,
            messages.AnalyzeResponse,
            {
                resources,
            },
        );
        return answer.diagnostics.map((diagnostic) => this.#violation(diagnostic, ""));
    }

    stop(): void {
        this.#caller?.close();
        this.#child.stop();
    }

    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any fields: the messages of a service differ
    async #call<Q extends Message<any>, A extends Message<any>>(
        name: string,
        request: Q,
        response: A,
        value: Q extends Message<infer F> ? Partial<MessageOf<F>> : never,
    ): Promise<A extends Message<infer F> ? MessageOf<F> : never> {
        if (this.#caller === undefined)
            throw this.#fault("it is asked before it serves", "This is a fault of the preview");
        try {
            return await this.#caller.call(`${SERVICE}/${name}`, request, response, value);
        } catch (error) {
            if (!(error instanceof CallError) || error.code === Status.unimplemented) throw error;
            throw this.#fault(
                error.message.split("\n    at ")[0] ?? error.message,
                "Correct the policy that is named",
            );
        }
    }

    /** A method that older policy SDKs lack. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any fields: the messages of a service differ
    async #optional<Q extends Message<any>>(
        name: string,
        request: Q,
        value: Q extends Message<infer F> ? Partial<MessageOf<F>> : never,
    ): Promise<void> {
        try {
            await this.#call(name, request, Empty, value);
        } catch (error) {
            if (!(error instanceof CallError)) throw error;
        }
    }

    #violation(diagnostic: Sent<typeof messages.AnalyzeDiagnostic>, urn: string): Violation {
        const severity = SEVERITIES[diagnostic.severity];
        const about = diagnostic.urn || urn;
        const { policyname: policy, description } = diagnostic;
        const said = standing(withoutPrefix(diagnostic.message, `${description}\n`));
        const told =
            (LEVELS[diagnostic.enforcementlevel] satisfies EnforcementLevel | undefined) ?? "mandatory";
        const own = this.#levels.get(policy);
        return {
            pack: diagnostic.policypackname,
            policy,
            // What can't be decided is advisory to the SDK, whatever the policy is; remediation is over by then.
            level:
                said.undecided !== true || own === undefined ? told : own === "remediate" ? "mandatory" : own,
            ...(severity === undefined ? {} : { severity }),
            description,
            ...said,
            ...(about === "" ? {} : { urn: about }),
        };
    }

    #fault(message: string, fix: string): UserError {
        return new UserError(`Policy pack '${this.#name}'`, [{ place: this.#directory, message, fix }]);
    }
}

/** A pack's own list of mistakes in the configuration, after the runner's mark. */
const MISTAKES = /^error: \[runtime\] (.+ has (?:a mistake|\d+ mistakes):(?:\n {2}.*)+)\s*$/;

/** How the policy SDK begins what it says of a policy that asked for an unknown value. */
const UNDECIDED = /^can't run policy '/;

/** How our policies say that an exemption applies: `policies/message.ts`. */
const EXEMPT =
    /^([A-Z0-9]+-\d+: '[^]*?':) exempt until (\S+), owner ("(?:[^"\\]|\\.)*"), reason ("(?:[^"\\]|\\.)*"): ([^]*)$/;

/** What is said besides the level and the text. */
function standing(message: string): Pick<Violation, "message" | "undecided" | "exemption"> {
    if (UNDECIDED.test(message)) return { message, undecided: true };
    const [, subject, until, owner, reason, said] = EXEMPT.exec(message) ?? [];
    if (subject === undefined || until === undefined || owner === undefined || reason === undefined)
        return { message };
    return {
        message: `${subject} ${said ?? ""}`,
        exemption: { owner: JSON.parse(owner) as string, reason: JSON.parse(reason) as string, until },
    };
}

/** The policy SDK puts the description before what a policy reports. */
function withoutPrefix(text: string, prefix: string): string {
    return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
