export type StepView = { name: string; state: 'done' | 'now' | 'ahead' | 'ended'; when: string };

const CLASS = { done: 'done', now: 'now', ahead: '', ended: 'stopped' };

/** An order's way as a line of steps; on a phone it runs downwards. */
export function OrderSteps({ steps, label }: { steps: StepView[]; label: string }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li key={step.name} className={CLASS[step.state]} aria-current={step.state === 'now' ? 'step' : undefined}>
          {step.name}
          {step.when && <div className="tiny font-normal">{step.when}</div>}
        </li>
      ))}
    </ol>
  );
}
