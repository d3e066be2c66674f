import { Component, type ReactNode } from 'react';
import { Empty } from '../ui/states';
import { ReloadButton } from './new-build';

/** Around the whole page: if even its frame throws an error, this says so and offers to reload. */
export class PageBoundary extends Component<{ readonly children: ReactNode }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main role="alert">
        <Empty title="This page has failed">
          <p>
            This is a fault of the page. What was recorded is safe, and changes that wait to be sent
            are kept by this browser.
          </p>
          <ReloadButton />
        </Empty>
      </main>
    );
  }
}
