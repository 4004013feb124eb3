// The clock of this process: the machine's, until it is moved on. Whatever asks for the time by `Date` is given it, libraries too.
const MachineDate = Date;
let ahead = 0;

export const machineNow = () => MachineDate.now();
export const clockAhead = () => ahead;

export function setClockAhead(milliseconds) {
  ahead = milliseconds;
}

export function installClock() {
  const now = () => MachineDate.now() + ahead;
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, given, of) => Reflect.construct(target, given.length === 0 ? [now()] : given, of),
    apply: () => new MachineDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
