/**
 * Preloaded by tests (`node --import`): has patterns run before the command begins, and again while it works and at its
 * end, on strings that are joined of two: those V8 hands to the pattern's machine code by another way.
 */
import process from 'node:process';
import { setInterval } from 'node:timers';

const patterns = [/^b(c|d)/, /x(y|z)/, /\d+-\d+/, /[a-f]+\s/u];
const run = (words) => patterns.map((one) => one.exec(words)?.[0]).join();

run('abc xy 12-34 ');
const again = () => run(`abc xy 12-34 and so on, ${process.pid}` + ` of ${process.ppid}, more`);
setInterval(again, 1).unref();
process.on('exit', again);
