/** The machine's own time, milliseconds since 1970, as the engine of the table keeps it. */
export function machineNow(): number;
/** By how many milliseconds this process's time is ahead of the machine's. */
export function clockAhead(): number;
export function setClockAhead(milliseconds: number): void;
/** Lets `Date` follow the clock from now on, in this whole process. */
export function installClock(): void;
