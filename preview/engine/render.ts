import type * as Grpc from "@grpc/grpc-js";

import { PreviewFault } from "../errors";
import type { Project, StackConfiguration } from "../project/types";
import type { Rendering } from "../rendering";
import { Callbacks } from "./callbacks";
import { engineMethods, monitorMethods } from "./monitor";
import { Outputs } from "./outputs";
import type { PolicyPackConfig } from "./policy-config";
import { PolicyPack } from "./policy-pack";
import { identityOf, programEnd, startProgram } from "./program";
import { rendered } from "./registered";
import { Registrations } from "./registrations";
import { Packs } from "./review";
import { redactor } from "./redaction";
import { Endpoint } from "./rpc";
import { StackState } from "./stack-state";

export interface RenderStackOptions {
    readonly project: Project;
    readonly configuration: StackConfiguration;
    /** Packs by directory, each with its configuration for this stack. */
    readonly packs: readonly { readonly directory: string; readonly config: PolicyPackConfig }[];
    /** What `pulumi.getOrganization()` gives; backends without organizations say "organization". */
    readonly organization?: string;
    /** The day that decides what has ended, such as an exemption. */
    readonly today?: string | undefined;
    /** Called with the number of resources so far. */
    readonly onProgress?: (resources: number) => void;
}

/** What the engine is told of concurrency; registrations are answered as they come. */
const PARALLEL = 16;

/**
 * Previews one stack: runs its program and its policy packs as processes of their own, answers them as the engine
 * would for a stack that does not exist yet, and returns what they said. Nothing is written, and nothing but loopback
 * is connected to.
 */
export async function renderStack(options: RenderStackOptions): Promise<Rendering> {
    const { project, configuration } = options;
    const identity = identityOf(project, configuration, options.organization ?? "organization");
    const state = new StackState(identity);
    const endpoint = await Endpoint.open();
    const program = startProgram(project, identity, endpoint.address, PARALLEL);
    const packs = options.packs.map(
        ({ directory }) => new PolicyPack(directory, identity, endpoint.address, options.today),
    );
    // gRPC loads while the processes start.
    const grpc = (await import("@grpc/grpc-js")) as typeof Grpc;
    const callbacks = new Callbacks(grpc);
    const outputs = new Outputs(project.programDirectory);
    const started = packs.map((pack, at) =>
        pack.start(grpc, identity, endpoint.address, options.packs[at]?.config ?? { file: "", policies: {} }),
    );
    const review = packs.length === 0 ? undefined : new Packs(packs, Promise.all(started), state, outputs);
    const registrations = new Registrations(state, review, outputs, callbacks);
    const progress = setInterval(() => options.onProgress?.(state.resources.size), 100);
    let wholeStack: Promise<void> | undefined;
    try {
        const finished = (): Promise<void> => {
            // The packs see the whole stack while the program ends.
            if (!state.failed) wholeStack = review?.stack();
            return Promise.resolve();
        };
        endpoint.serve(grpc, [
            ...monitorMethods(registrations, { parallel: PARALLEL, finished }),
            ...engineMethods(registrations),
        ]);
        await programEnd(program, state);
        await wholeStack;
        const violations = (await review?.violations()) ?? [];
        const all = [...state.resources.values()];
        const redact = redactor(configuration.secretTexts, all);
        return {
            organization: identity.organization,
            project: project.name,
            stack: configuration.stack,
            resources: all.map((registered) => rendered(registered, outputs.complete(registered))),
            outputs: state.resources.get(state.rootUrn)?.outputs ?? {},
            violations: violations.map((each) => ({ ...each, message: redact(each.message) })),
            diagnostics: state.diagnostics.map((each) => ({ ...each, message: redact(each.message) })),
            opaqueConfigKeys: configuration.opaqueKeys,
            complete: !state.failed,
        };
    } catch (error) {
        throw error instanceof Error ? error : new PreviewFault(String(error));
    } finally {
        clearInterval(progress);
        program.stop();
        review?.stop();
        callbacks.close();
        endpoint.close();
    }
}
