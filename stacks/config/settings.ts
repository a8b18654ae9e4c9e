import type { Platform } from "../../components/domain/catalogue";
import type { PlatformConfig } from "./schema";

/** The platform's configuration in an environment: its defaults, and what the environment says otherwise. */
export function settingsOf(platform: Platform, settings: PlatformConfig["settings"]): Record<string, string> {
    const found: Record<string, string> = {};
    for (const [name, value] of Object.entries(platform.config)) {
        const text = settings[name] ?? value.default;
        if (text !== undefined) found[name] = String(text);
    }
    return found;
}
