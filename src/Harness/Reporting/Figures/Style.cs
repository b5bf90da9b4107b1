namespace Dfx.Harness.Reporting.Figures;

/// <summary>How a series looks.</summary>
/// <param name="Color">Its colour, <c>#rrggbb</c>.</param>
/// <param name="Shape">Which shape its points have, counted from 0.</param>
/// <param name="Dash">Which dashes its line has; 0 is none.</param>
internal sealed record Style(string Color, int Shape, int Dash);
