/* Citations in the editor: the toolbar's button opens a chooser, and cited words show what they rest on.
 *
 * What outlets printed is put on the page as text alone: by React, or by textContent. The one exception is HTML that our
 * own server rendered, where it is escaped. Only marks ("report:begin:end[:statement]") are kept in the entity.
 */
(() => {
  const { React, DraftJS, draftail } = window;
  const toldUrl = window.wagtailConfig.ADMIN_URLS.PAGES.replace(/pages\/$/, 'stories/citing/told/');
  const toldBefore = new Map();

  /** What the passages of a mark say; asked of the server once a mark. */
  const tell = (passages) => {
    if (!toldBefore.has(passages)) {
      const answer = fetch(`${toldUrl}?${new URLSearchParams({ passages })}`)
        .then((response) => (response.ok ? response.json() : { told: [] }))
        .then((json) => json.told);
      toldBefore.set(passages, answer);
    }
    return toldBefore.get(passages);
  };

  const sentence = ({ outlet, language, speaker, wording }) => {
    const who = [speaker, outlet && `${outlet} (${language})`].filter(Boolean).join(', ');
    return who ? `${who}: ${wording}` : wording;
  };

  /** Offsets of a textarea count UTF-16 units; a passage's count code points. */
  const codePoints = (text, end) => Array.from(text.slice(0, end)).length;

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  /** The chooser once its HTML is there: what is chosen so far, the search, and words of a report. */
  const onCiting = (modal, { told }) => {
    const root = modal.body[0].querySelector('.citing');
    const [chosenList, none, done, form, results] = ['chosen', 'none', 'done', 'form', 'results'].map((name) =>
      root.querySelector(`[data-citing-${name}]`),
    );
    let chosen = told;

    const draw = () => {
      chosenList.replaceChildren(
        ...chosen.map((one) => {
          const item = document.createElement('li');
          const remove = element('button', 'Remove', { type: 'button', class: 'button button-small button-secondary' });
          remove.addEventListener('click', () => {
            chosen = chosen.filter((other) => other !== one);
            draw();
            done.focus();
          });
          item.append(element('span', sentence(one), { lang: one.language || 'en' }), remove);
          return item;
        }),
      );
      none.hidden = chosen.length > 0;
      done.disabled = chosen.length === 0;
      done.textContent = chosen.length > 1 ? `Cite these ${chosen.length} passages` : 'Cite this passage';
    };

    const add = (one) => {
      if (!chosen.some((other) => other.mark === one.mark)) chosen = [...chosen, one];
      draw();
    };

    const show = (url) =>
      fetch(url)
        .then((response) => (response.ok ? response.text() : Promise.reject(response)))
        .then((html) => {
          results.innerHTML = html; // rendered and escaped by our own server
          results.querySelector('textarea')?.focus();
        })
        .catch(() => results.replaceChildren(element('p', 'The newsroom did not answer; try again.', { role: 'alert' })));

    const search = () => show(`${root.dataset.citingResultsUrl}?${new URLSearchParams(new FormData(form))}`);

    const selected = () => {
      const text = results.querySelector('textarea');
      const raw = text ? text.value.slice(text.selectionStart, text.selectionEnd) : '';
      const wording = raw.trim();
      if (!wording) return null;
      const start = text.selectionStart + raw.indexOf(wording);
      const begin = codePoints(text.value, start);
      const end = codePoints(text.value, start + wording.length);
      const { report, outlet, language } = text.dataset;
      return { mark: `${report}:${begin}:${end}`, outlet, language, speaker: '', wording };
    };

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      search();
    });
    form.addEventListener('change', (event) => event.target.tagName === 'SELECT' && search());
    results.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (!button) return;
      const { citingAdd, citingReport, outlet, language, speaker, wording } = button.dataset;
      if (citingAdd) add({ mark: citingAdd, outlet, language, speaker, wording });
      if (citingReport) show(citingReport);
      if ('citingBack' in button.dataset) search();
      if ('citingAddSelected' in button.dataset && selected()) add(selected());
    });
    ['select', 'mouseup', 'keyup'].forEach((name) =>
      results.addEventListener(name, () => {
        const button = results.querySelector('[data-citing-add-selected]');
        if (button) button.disabled = !selected();
      }),
    );
    done.addEventListener('click', () => modal.respond('cited', chosen.map((one) => one.mark).join(' ')));
    draw();
  };

  class CitationSource extends draftail.ModalWorkflowSource {
    constructor(props) {
      super(props);
      this.onCited = this.onCited.bind(this);
    }

    componentDidMount() {
      if (!this.props.entity && this.props.editorState.getSelection().isCollapsed()) {
        window.alert('Select the words that rest on a passage, then press the button again.');
        this.props.onClose();
        return;
      }
      super.componentDidMount();
    }

    getChooserConfig(entity, words) {
      const event = document.querySelector('#id_event');
      return {
        url: this.props.entityType.chooserUrls.citing,
        urlParams: {
          passages: entity ? entity.getData().passages : '',
          event: event ? event.value : '',
          words: words.slice(0, 300),
        },
        onload: { citing: onCiting },
        responses: { cited: this.onCited },
      };
    }

    filterEntityData({ passages }) {
      return { passages };
    }

    onCited(passages) {
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState.getCurrentContent().createEntity(entityType.type, 'MUTABLE', { passages });
      const key = content.getLastCreatedEntityKey();
      this.workflow.close();
      onComplete(DraftJS.RichUtils.toggleLink(editorState, editorState.getSelection(), key));
    }
  }

  /** Cited words; pointed at or chosen, they tell outlet and wording of each passage. */
  class CitedWords extends React.Component {
    constructor(props) {
      super(props);
      this.state = { told: [] };
    }

    componentDidMount() {
      const { contentState, entityKey } = this.props;
      const { passages } = contentState.getEntity(entityKey).getData();
      this.mounted = true;
      tell(passages).then((told) => this.mounted && this.setState({ told }));
    }

    componentWillUnmount() {
      this.mounted = false;
    }

    render() {
      const { children, entityKey, onEdit, onRemove } = this.props;
      const text = this.state.told.map(sentence).join('\n');
      const label = React.createElement('span', { className: 'citation-told' }, text || 'This citation leads nowhere.');
      return React.createElement(
        'span',
        { title: text, className: 'citation-mark' },
        React.createElement(
          draftail.TooltipEntity,
          // An element where Wagtail expects a short string: strings are cut after twenty characters.
          { entityKey, onEdit, onRemove, icon: '#icon-openquote', label },
          children,
        ),
      );
    }
  }

  draftail.registerPlugin({ type: 'CITATION', source: CitationSource, decorator: CitedWords }, 'entityTypes');
})();
