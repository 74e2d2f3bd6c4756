import { render } from 'preact';
import { App } from './app.tsx';
import './tokens.css';
import './console.css';

const place = document.getElementById('console');
if (place !== null) render(<App />, place);
