import { Component, type ReactNode } from 'react';
import { ScreenNotLoaded } from './lazy-screen';
import { ScreenFailed, ScreenMissing } from './screen-faults';

interface ScreenBoundaryProps {
  /** What the screen is called. */
  readonly title: string;
  readonly children: ReactNode;
}

interface ScreenBoundaryState {
  readonly error: unknown;
  readonly hasFailed: boolean;
}

const WELL: ScreenBoundaryState = { error: undefined, hasFailed: false };

/**
 * Around a screen: one that cannot be loaded, or throws an error, says so in its own place, and everything around it
 * stays. React offers this to class components alone (https://react.dev/reference/react/Component).
 */
export class ScreenBoundary extends Component<ScreenBoundaryProps, ScreenBoundaryState> {
  override state = WELL;

  static getDerivedStateFromError(error: unknown): ScreenBoundaryState {
    return { error, hasFailed: true };
  }

  override render() {
    const { title, children } = this.props;
    const { error, hasFailed } = this.state;
    if (!hasFailed) return children;
    const showAgain = () => this.setState(WELL);
    return error instanceof ScreenNotLoaded ? (
      <ScreenMissing title={title} error={error} onLoaded={showAgain} />
    ) : (
      <ScreenFailed title={title} onRetry={showAgain} />
    );
  }
}
