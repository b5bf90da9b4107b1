using System.Text;

namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>cairo writes the time of day into a PDF; without it the same figure is the same bytes.</summary>
internal static class PdfDate
{
    private const int Digits = 14;

    /// <summary>Overwrites the date of creation, which keeps its length and so all offsets.</summary>
    internal static void Remove(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var place = bytes.AsSpan().IndexOf("/CreationDate (D:"u8);
        if (place >= 0)
        {
            Encoding.ASCII.GetBytes("20000101000000").CopyTo(bytes.AsSpan(place + "/CreationDate (D:".Length, Digits));
            File.WriteAllBytes(path, bytes);
        }
    }
}
