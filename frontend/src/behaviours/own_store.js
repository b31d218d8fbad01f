// What lies on the phone: «kept», the plan as it was when its owner asked for it, and «waiting», what is entered
// and not sent. Both are the page's own (IndexedDB), and are read by this page alone.

const NAME = "samspill-own";
const STORES = { kept: "id", waiting: "key" };

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(store, { keyPath });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Kept when the phone says that it is, not when it was asked.
async function inside(store, mode, act) {
  const base = await open();
  try {
    return await new Promise((resolve, reject) => {
      const work = base.transaction(store, mode);
      const asked = act(work.objectStore(store));
      work.oncomplete = () => resolve(asked.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  } finally {
    base.close();
  }
}

export const all = (store) => inside(store, "readonly", (rows) => rows.getAll());
export const take = (store, key) => inside(store, "readonly", (rows) => rows.get(key));
export const put = (store, row) => inside(store, "readwrite", (rows) => rows.put(row));
export const drop = (store, key) => inside(store, "readwrite", (rows) => rows.delete(key));
