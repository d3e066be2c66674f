import { useMay } from '../session/use-may';
import { Card } from '../ui/card';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { useKeys, usePeople } from './access-lists';
import { AccessLog } from './access-log';
import { InviteForm } from './invite-form';
import { KeyForm } from './key-form';
import { KeyList } from './key-list';
import { PeopleList } from './people-list';
import style from './people-screen.module.css';

/** Who may do what: people with their devices, and the keys of programs. */
export default function PeopleScreen() {
  const may = useMay();
  const people = usePeople();
  const keys = useKeys();
  return (
    <Screen title="People" subtitle="Who may sign in, on which devices, and the keys of programs.">
      <div className={style.cards}>
        <Card title="People">
          {people.data && <PeopleList people={people.data} />}
          {!people.data && people.error && (
            <Fault error={people.error} retry={() => void people.refetch()} />
          )}
          {!people.data && !people.error && <Loading label="Loading the people" lines={4} />}
        </Card>
        {may('access:write') && (
          <Card title="Invite">
            <InviteForm />
          </Card>
        )}
        <Card title="Keys">
          {keys.data?.length === 0 && <p className="muted">No program has a key.</p>}
          {keys.data && <KeyList keys={keys.data} />}
          {!keys.data && keys.error && (
            <Fault error={keys.error} retry={() => void keys.refetch()} />
          )}
          {!keys.data && !keys.error && <Loading label="Loading the keys" lines={4} />}
        </Card>
        {may('access:write') && (
          <Card title="New key">
            <KeyForm />
          </Card>
        )}
        <Card title="Who was let in, refused and changed">
          <AccessLog />
        </Card>
      </div>
    </Screen>
  );
}
