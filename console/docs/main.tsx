import { render } from 'preact';
import '../tokens.css';
import '../console.css';
import './docs.css';
import { Docs } from './docs.tsx';

const place = document.getElementById('docs');
if (place !== null) render(<Docs />, place);
