using ScottPlot;
using SkiaSharp;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>Plots over one another on white, drawn once and kept as vectors, from which every kind of file is made.</summary>
internal sealed class Picture : IDisposable
{
    private const float PngScale = 2;

    /// <summary>Lines and letters get little smaller by more work.</summary>
    private const int PngLevel = 2;
    private const float PointsAPixel = 72f / 96;

    private readonly SKPicture _drawn;
    private readonly SKRect _page;
    private readonly string _title;

    /// <summary>Draws.</summary>
    /// <param name="width">In pixels of 1/96 inch.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="title">What the picture shows, for readers of PDF.</param>
    /// <param name="plots">From the back to the front.</param>
    internal Picture(double width, double height, string title, IReadOnlyList<Plot> plots)
    {
        (_page, _title) = (new(0, 0, (float)width, (float)height), title);
        var rect = new PixelRect(0, (float)width, (float)height, 0);
        foreach (var plot in plots)
        {
            plot.RenderManager.ClearCanvasBeforeEachRender = false;
            plot.RenderManager.Remove<ScottPlot.Rendering.RenderActions.RenderFigureBackground>();
            plot.RenderManager.Remove<ScottPlot.Rendering.RenderActions.RenderDataBackground>();
            Settle(plot, rect);
        }

        _drawn = Record(plots, rect);
    }

    /// <summary>At twice the size, for slides.</summary>
    internal byte[] Png()
    {
        var info = new SKImageInfo((int)(PngScale * _page.Width), (int)(PngScale * _page.Height), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(info) ?? throw new InvalidOperationException($"a picture of {info.Width} by {info.Height} pixels is too large");
        Play(surface.Canvas, PngScale);
        using var image = surface.Snapshot();
        using var pixels = image.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, PngLevel))!;
        return data.ToArray();
    }

    internal byte[] Svg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(_page, stream))
        {
            Play(canvas, 1);
        }

        return SvgText.Settled(stream.ToArray());
    }

    /// <summary>Without a date: the same figure is the same bytes.</summary>
    internal byte[] Pdf()
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = _title, Creator = "Dfx" }))
        {
            // Skia rounds the page's size, which must not cut anything off.
            Play(document.BeginPage(MathF.Ceiling(PointsAPixel * _page.Width), MathF.Ceiling(PointsAPixel * _page.Height)), PointsAPixel);
            document.EndPage();
            document.Close();
        }

        return stream.ToArray();
    }

    public void Dispose() => _drawn.Dispose();

    /// <summary>A plot that finds its limits changed draws itself twice over, as it does the first time: that time it shows nothing, on nothing.</summary>
    private static void Settle(Plot plot, PixelRect rect)
    {
        using var nothing = new SKNoDrawCanvas((int)rect.Width, (int)rect.Height);
        var shown = plot.PlottableList.Where(plottable => plottable.IsVisible).ToList();
        shown.ForEach(plottable => plottable.IsVisible = false);
        plot.Render(nothing, rect);
        shown.ForEach(plottable => plottable.IsVisible = true);
    }

    private SKPicture Record(IReadOnlyList<Plot> plots, PixelRect rect)
    {
        using var recorder = new SKPictureRecorder();
        var canvas = recorder.BeginRecording(_page);
        canvas.DrawRect(_page, new SKPaint { Color = SKColors.White });
        plots.ToList().ForEach(plot => plot.Render(canvas, rect));
        return recorder.EndRecording();
    }

    private void Play(SKCanvas canvas, float scale)
    {
        canvas.Scale(scale);
        canvas.DrawPicture(_drawn);
    }
}
