import {
  BarChart3,
  BellRing,
  Boxes,
  FileUp,
  History,
  Hourglass,
  type LucideIcon,
  MapPin,
  ScanBarcode,
  TriangleAlert,
  Truck,
  Users,
} from 'lucide-react';
import { Activity, type ComponentType, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Link, Route, Router, Switch, useLocation } from 'wouter';
import type { Product } from '../client/shop';
import type { Scope } from '../ledger/access/scope';
import { OPEN_ACTOR } from '../wire/actor';
import { NOT_SIGNED_IN_PATH } from '../wire/sign-in-path';
import { useHashPath, useHashSearch } from './address/hash-location';
import { isOutsidePath, SIGN_IN, useInsidePath } from './address/inside';
import { countOf, useAlertsSummary } from './alerts/alert-lists';
import style from './app.module.css';
import { useAreHolds } from './documents/use-are-holds';
import { lazyScreen } from './frame/lazy-screen';
import { NewBuildNotice } from './frame/new-build';
import { ScreenBoundary } from './frame/screen-boundary';
import { LiveMark } from './live/live-mark';
import { lowLocations } from './location/located-product';
import { useShopLocations } from './location/use-shop-locations';
import { OutboxTray } from './outbox/outbox-tray';
import { useLive, useSession, useTimeZone } from './page';
import { PasskeyOffer } from './people/passkey-offer';
import { SignedIn } from './session/signed-in';
import { useMay } from './session/use-may';
import { StockScreen } from './stock/stock-screen';
import { Announcer } from './ui/announce';
import { units } from './ui/format';
import { Screen } from './ui/screen';
import { Empty, Loading } from './ui/states';
import { ThemeChoice } from './ui/theme-choice';

/** A screen that the navigation leads to. */
interface ScreenEntry {
  readonly path: string;
  readonly title: string;
  readonly Icon: LucideIcon;
  readonly Component: ComponentType;
  /** It is there for those who may do one of these; for everybody if left out. */
  readonly anyOf?: readonly Scope[];
  /** It is there only where the service asks who one is. */
  readonly isOfPeople?: true;
  /** The navigation leads to it only if there are several locations. */
  readonly isOfSeveral?: true;
  /** The same if there are holds. */
  readonly isOfHolds?: true;
}

const CHANGES_STOCK = ['stock:count', 'stock:sell', 'stock:move'] as const;

/** The screens in the order of the navigation. The script of each but the first is loaded when it is first shown. */
const SCREENS: readonly ScreenEntry[] = [
  { path: '/', title: 'Stock', Icon: Boxes, Component: StockScreen },
  lazyEntry('/low', 'Low', TriangleAlert, () => import('./low/low-screen')),
  lazyEntry('/alerts', 'Alerts', BellRing, () => import('./alerts/alerts-screen')),
  lazyEntry('/sales', 'Sales', BarChart3, () => import('./sales/sales-screen')),
  lazyEntry('/scan', 'Scan', ScanBarcode, () => import('./scan/scan-screen'), CHANGES_STOCK),
  {
    ...lazyEntry('/transfers', 'Transfers', Truck, () => import('./transfers/transfers-screen')),
    isOfSeveral: true,
  },
  {
    ...lazyEntry('/holds', 'Holds', Hourglass, () => import('./holds/holds-screen')),
    isOfHolds: true,
  },
  lazyEntry('/time', 'Time', History, () => import('./time/time-screen')),
  lazyEntry('/import', 'Import', FileUp, () => import('./import/import-screen'), ['files:import']),
  {
    ...lazyEntry('/people', 'People', Users, () => import('./people/people-screen'), [
      'access:read',
    ]),
    isOfPeople: true,
  },
  {
    ...lazyEntry('/locations', 'Locations', MapPin, () => import('./locations/locations-screen')),
    isOfSeveral: true,
  },
];

/** A link in a list leads to it, so it is not in the navigation. */
const ProductScreen = lazyScreen(() => import('./product/product-screen'));

function lazyEntry(
  path: string,
  title: string,
  Icon: LucideIcon,
  load: () => Promise<{ default: ComponentType }>,
  anyOf?: readonly Scope[],
): ScreenEntry {
  return { path, title, Icon, Component: lazyScreen(load), ...(anyOf && { anyOf }) };
}

/** The name of the one who is signed in leads to it. */
const YouScreen = lazyScreen(() => import('./people/you-screen'));

/** In place of every screen while somebody signs in, or has to. */
const SignInScreen = lazyScreen(() => import('./sign-in/sign-in-screen'));
const NotSignedInScreen = lazyScreen(() => import('./sign-in/not-signed-in-screen'));
const SignedOutScreen = lazyScreen(() => import('./sign-in/signed-out-screen'));

/** The page: its navigation, how fresh its data is, and the open screen. */
export function App() {
  return (
    <Router hook={useHashPath} searchHook={useHashSearch}>
      <Announcer>
        <Frame />
      </Announcer>
    </Router>
  );
}

/**
 * What is around every screen. Nobody who has to sign in first finds links to screens. The open screen is kept out of sight meanwhile,
 * with all that was typed and chosen on it, for who was signed in before.
 */
function Frame() {
  const [location] = useLocation();
  const { me, isSignedOut, isInterrupted, handovers } = useSession();
  // What is below shows moments by its clock.
  useTimeZone();
  const isOutside = isSignedOut || isOutsidePath(location);
  const isKept = me !== undefined || isInterrupted;
  return (
    <div className={style.app}>
      <header className={style.bar}>
        <button type="button" className={style.skip} onClick={skipToContent}>
          Skip to content
        </button>
        {!isOutside && <Navigation />}
        <div className={style.marks}>
          <NewBuildNotice />
          <OutboxTray />
          <LiveMark />
          {!isOutside && <SignedIn />}
          {!isOutside && <PasskeyOffer />}
          <ThemeChoice />
        </div>
      </header>
      <div id="content" tabIndex={-1} className={style.content}>
        {isOutside && (
          <OpenScreen>
            <OutsideScreen />
          </OpenScreen>
        )}
        {(!isOutside || isKept) && (
          <Activity key={handovers} mode={isOutside ? 'hidden' : 'visible'}>
            <Router hook={useInsidePath} searchHook={useHashSearch}>
              <OpenScreen>
                <Screens />
              </OpenScreen>
            </Router>
          </Activity>
        )}
      </div>
    </div>
  );
}

function OutsideScreen() {
  const [location] = useLocation();
  if (location.startsWith(NOT_SIGNED_IN_PATH)) {
    return <NotSignedInScreen failure={location.slice(NOT_SIGNED_IN_PATH.length)} />;
  }
  return location.startsWith(SIGN_IN) ? (
    <SignInScreen key={location} secret={location.slice(SIGN_IN.length)} />
  ) : (
    <SignedOutScreen />
  );
}

/** The screens that are there for the one who is signed in. */
function useScreens(): readonly ScreenEntry[] {
  const may = useMay();
  const { me, isSignedOut } = useSession();
  const asksWho = isSignedOut || (me !== undefined && me.actor !== OPEN_ACTOR);
  return SCREENS.filter(
    ({ anyOf, isOfPeople }) => (asksWho || !isOfPeople) && (anyOf?.some(may) ?? true),
  );
}

function Screens() {
  const screens = useScreens();
  const { me } = useSession();
  const isPerson = me === undefined || me.personID !== undefined;
  return (
    <Switch>
      {screens.map(({ path, Component }) => (
        <Route key={path} path={path} component={Component} />
      ))}
      {isPerson && <Route path="/you" component={YouScreen} />}
      <Route path="/products/:productID">
        {({ productID }) => <ProductScreen key={productID} productID={Number(productID)} />}
      </Route>
      <Route>
        <Screen title="Nothing here">
          <Empty title="There is no such screen">
            <Link href="/">Go to the stock</Link>
          </Empty>
        </Screen>
      </Route>
    </Switch>
  );
}

/** Around the open screen: what is shown while it loads, and if it fails. Another screen starts without its error. */
function OpenScreen({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  const title =
    location === '/you'
      ? 'You'
      : (SCREENS.find(({ path }) => path === location)?.title ?? 'Product');
  return (
    <ScreenBoundary key={location} title={title}>
      <Suspense fallback={<Loading label="Loading" />}>{children}</Suspense>
    </ScreenBoundary>
  );
}

function Navigation() {
  const [location] = useLocation();
  const locations = useShopLocations();
  const { areSeveral } = locations;
  const navigation = useRef<HTMLElement>(null);
  // On a phone they do not all have room: the open one comes into sight.
  useEffect(() => {
    const here = navigation.current?.querySelector(`[href="#${location}"]`);
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [location]);
  const areHolds = useAreHolds();
  const screens = useScreens().filter(
    ({ isOfSeveral, isOfHolds }) => (areSeveral || !isOfSeveral) && (areHolds || !isOfHolds),
  );
  const { shop } = useLive();
  const isLow = (product: Product) =>
    product.low || product.out || (shop && lowLocations(product, shop, locations).length > 0);
  const low = shop?.products.filter((product) => !product.retired && isLow(product)).length ?? 0;
  const open = countOf(useAlertsSummary().data, { status: 'open', kind: 'all' });
  const marks = new Map([
    ['/low', { count: low, of: 'products' }],
    ['/alerts', { count: open, of: 'open' }],
  ]);
  return (
    <nav ref={navigation} className={style.navigation} aria-label="Screens">
      {screens.map(({ path, title, Icon }) => {
        const isHere =
          path === '/' ? location === '/' || location.startsWith('/products') : location === path;
        const mark = marks.get(path);
        return (
          <Link
            key={path}
            href={path}
            aria-current={isHere ? 'page' : undefined}
            className={style.link ?? ''}
          >
            <Icon size={19} aria-hidden />
            <span>{title}</span>
            {mark && mark.count > 0 && (
              <span className={style.badge}>
                {units(mark.count)}
                <span className="unseen"> {mark.of}</span>
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}

/** A link to "#content" would be taken for a screen. */
function skipToContent(): void {
  document.getElementById('content')?.focus();
}
