import type { Property } from "./property";

/** The stages of a live generation, in the order in which keys are tried: the current one writes. */
const STAGES = ["current", "next", "previous"] as const;

/** The numbers of the generations that a component declares as live, the current one first. */
export function liveGenerations(generations: Property): number[] {
    return STAGES.flatMap((stage) => generations.at(stage, "generation").number ?? []);
}
